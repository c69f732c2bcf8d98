import * as z from 'zod';
import { shapeProblems } from '../../lib/source/shape-problems.ts';
import type { ConsultationDocumentMetadata } from './document-schema.ts';
import { timestamp } from './schema-columns.ts';
import { federalBody } from './vocabularies.ts';

/** A date or a time as the API writes them, as a time without zone. */
const wireTime = z.string().transform(timeWithoutZone).pipe(timestamp);

/** A document of the API; more fields are let pass, values are checked against the vocabularies later. */
const wireRecord = z.looseObject({
  consultation_identifier: z.string(),
  consultation_start_date: wireTime.nullable(),
  consultation_end_date: wireTime.nullable(),
  consultation_title: z.string(),
  consultation_description: z.string(),
  consultation_url: z.string(),
  consultation_topics: z.string().nullable(),
  consultation_internal_tags: z.array(z.object({ name: z.string(), created_at: wireTime })).nullable(),
  organisation_uuid: z.string(),
  organisation_name: z.string(),
  political_body: z.string(),
  document_uuid: z.string().min(1),
  document_source_url: z.string(),
  document_publication_date: wireTime.nullable(),
  document_type: z.string().nullable(),
  document_language: z.string(),
  document_title: z.string().nullable(),
  latest_stored_file_uuid: z.string().nullable(),
});

type WireRecord = z.infer<typeof wireRecord>;

/** A value of the dataset before it is held against its vocabulary. */
type Loose<T> = T extends string ? string : T extends readonly string[] ? readonly string[] : T;

/** The fields of a row of the dataset, with values that its schema may still refuse. */
export type NormalisedDocument = {
  readonly [Column in keyof ConsultationDocumentMetadata]: Loose<ConsultationDocumentMetadata[Column]>;
};

/** A document for the dataset, or why it is none. */
export type Normalised =
  | { readonly document: NormalisedDocument }
  | {
      readonly dropped: {
        /** Undefined when not even that can be read. */
        readonly documentUuid: string | undefined;
        readonly reason: 'invalid_record' | 'missing_start_date' | 'placeholder_url';
        readonly detail: string;
      };
    };

/** What the platform gives every cantonal document whose type it does not know. */
const defaultCantonalType = 'VARIOUS_TEXT';

/**
 * Turns one record of `documents-metadata` into the fields of the dataset, or drops it.
 *
 * @param isCompat keeps repeated topics, and leaves the source of an unreviewed cantonal type unknown
 * @see the specification of consultation-documents, section 4.1
 */
export function normaliseRecord(record: unknown, isCompat: boolean): Normalised {
  const parsed = wireRecord.safeParse(record);
  if (!parsed.success) return dropped(record, 'invalid_record', shapeProblems(parsed.error));
  const wire = parsed.data;
  if (wire.consultation_start_date === null)
    return dropped(wire, 'missing_start_date', 'consultation_start_date is null');
  if (wire.document_source_url === '#') return dropped(wire, 'placeholder_url', "document_source_url is '#'");
  return {
    document: {
      ...plainFields(wire),
      consultation_start_date: wire.consultation_start_date,
      ...labels(wire, isCompat),
      consultation_topics: topicsOf(wire.consultation_topics, isCompat),
    },
  };
}

/** The sources of topics and type, and the type unless it says nothing. */
function labels(wire: WireRecord, isCompat: boolean) {
  const isFederal = wire.political_body === federalBody;
  const hasTag = (name: string) => (wire.consultation_internal_tags ?? []).some((tag) => tag.name === name);
  const isReviewed = hasTag('document_types_reviewed');
  const isDefault = !isFederal && !isReviewed && wire.document_type === defaultCantonalType;
  const type = isDefault ? null : wire.document_type;
  const vouched = isReviewed ? 'manual' : isFederal ? 'fedlex' : null;
  return {
    document_source: isFederal ? 'fedlex' : 'openparldata',
    consultation_topics_label_source: hasTag('topics_reviewed')
      ? 'manual'
      : isFederal
        ? 'organisation_rule'
        : 'openparldata',
    document_type: type,
    document_type_label_source: vouched ?? (type !== null && !isCompat ? 'unverified' : null),
  };
}

function plainFields(wire: WireRecord) {
  return {
    consultation_identifier: wire.consultation_identifier,
    consultation_end_date: wire.consultation_end_date,
    consultation_title: wire.consultation_title,
    consultation_description: wire.consultation_description,
    consultation_url: wire.consultation_url,
    consultation_internal_tags: (wire.consultation_internal_tags ?? []).map(({ created_at, name }) => ({
      created_at,
      name,
    })),
    organisation_uuid: wire.organisation_uuid,
    organisation_name: wire.organisation_name,
    political_body: wire.political_body,
    document_uuid: wire.document_uuid,
    document_source_url: wire.document_source_url,
    document_publication_date: wire.document_publication_date,
    document_language: wire.document_language,
    document_title: wire.document_title,
    latest_stored_file_uuid: wire.latest_stored_file_uuid,
  };
}

function topicsOf(text: string | null, isCompat: boolean): string[] {
  const topics = (text ?? '').split(',').map((topic) => topic.trim());
  const named = topics.filter((topic) => topic !== '').sort();
  return isCompat ? named : [...new Set(named)];
}

function dropped(
  record: unknown,
  reason: 'invalid_record' | 'missing_start_date' | 'placeholder_url',
  detail: string,
): Normalised {
  const documentUuid: unknown = Reflect.get(Object(record), 'document_uuid');
  const isKnown = typeof documentUuid === 'string' && documentUuid !== '';
  return { dropped: { documentUuid: isKnown ? documentUuid : undefined, reason, detail } };
}

/** `2021-10-01` and `2024-11-04 15:11:24` as ISO without zone; a time with a zone in UTC. Other texts stay as they are. */
function timeWithoutZone(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return `${text}T00:00:00`;
  const time = text.replace(' ', 'T');
  if (!/(Z|[+-]\d\d:?\d\d)$/.test(time) || Number.isNaN(Date.parse(time))) return time;
  return new Date(time).toISOString().replace('Z', '');
}
