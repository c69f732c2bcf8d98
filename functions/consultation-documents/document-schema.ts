import * as z from 'zod';
import { timestamp } from './schema-columns.ts';
import {
  documentSources,
  documentTypes,
  languages,
  politicalBodies,
  topics,
  topicsLabelSources,
  typeLabelSources,
} from './vocabularies.ts';

const consultationUrl = /^https:\/\/www\.demokratis\.ch\/vernehmlassung\//;
/** Year of download, consultation number, document number, random id and extension. */
const storedFilePath = /^\d{4}\/\d+\/\d+\/[A-Za-z0-9]+(\.[a-z0-9]+)?$/;

/**
 * One document with the attributes of its consultation, before texts and files are known.
 *
 * @see the specification of consultation-documents, section 5.1
 */
export const consultationDocumentMetadataSchemaV1 = z.object({
  consultation_identifier: z.string(),
  consultation_start_date: timestamp,
  consultation_end_date: timestamp.nullable(),
  consultation_title: z.string().min(3),
  consultation_description: z.string(),
  consultation_url: z.string().regex(consultationUrl),
  consultation_topics: z.array(z.enum(topics)),
  consultation_topics_label_source: z.enum(topicsLabelSources),
  consultation_internal_tags: z.array(z.object({ created_at: timestamp, name: z.string() })),
  organisation_uuid: z.string(),
  organisation_name: z.string().min(3),
  political_body: z.enum(politicalBodies),
  document_uuid: z.string(),
  document_source: z.enum(documentSources),
  document_source_url: z.string().regex(/^https?:\/\//),
  document_publication_date: timestamp.nullable(),
  document_type: z.enum(documentTypes).nullable(),
  document_type_label_source: z.enum(typeLabelSources).nullable(),
  document_language: z.enum(languages),
  document_title: z.string().nullable(),
  latest_stored_file_uuid: z.string().nullable(),
});

/**
 * One row of the dataset.
 *
 * @see the specification of consultation-documents, section 5.2
 */
export const fullConsultationDocumentSchemaV1 = consultationDocumentMetadataSchemaV1.extend({
  stored_file_path: z.string().regex(storedFilePath).nullable(),
  stored_file_mime_type: z.string().nullable(),
  stored_file_hash: z.string().nullable(),
  document_content_plain: z.string(),
});

export type ConsultationDocumentMetadata = z.infer<typeof consultationDocumentMetadataSchemaV1>;
export type FullConsultationDocument = z.infer<typeof fullConsultationDocumentSchemaV1>;
