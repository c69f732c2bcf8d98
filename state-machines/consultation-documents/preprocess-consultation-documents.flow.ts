import { consultationDocumentTexts } from '../../functions/consultation-documents/consultation-document-texts.contract.ts';
import { consultationDocumentsLineage } from '../../functions/consultation-documents/consultation-documents-lineage.contract.ts';
import { consultationDocumentsPreprocessed } from '../../functions/consultation-documents/consultation-documents-preprocessed.contract.ts';
import { consultationDocumentsQuarantine } from '../../functions/consultation-documents/consultation-documents-quarantine.contract.ts';
import { preprocessConsultationDocumentsInput } from '../../functions/consultation-documents/flow-inputs.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';

const tables = [consultationDocumentsPreprocessed, consultationDocumentsLineage, consultationDocumentsQuarantine];
const artifacts = [consultationDocumentTexts, ...tables];
const reads = artifacts.map(({ name }) => name);
const large = { timeoutSeconds: 840, memoryMiB: 3_008 };

export const preprocessConsultationDocuments = defineFlow({
  name: 'preprocess-consultation-documents',
  description: 'Every document of every Swiss consultation with its text; reads only files that are new or changed',
  group: 'consultation-documents',
  input: preprocessConsultationDocumentsInput,
  tasks: {
    PlanRun: { reads },
    FetchEndpoint: {
      ...large,
      calls: ['DEMOKRATIS_API_URL'],
      secrets: ['DEMOKRATIS_API_USERNAME', 'DEMOKRATIS_API_PASSWORD'],
    },
    NormaliseDocuments: large,
    PlanExtraction: { ...large, reads },
    ExtractBatch: {
      ...large,
      calls: ['PLATFORM_FILES_URL'],
      settings: [
        'PLATFORM_FILES_ENDPOINT_URL',
        'EXTRACTION_SECONDS_PER_FILE',
        'EXTRACTION_MEMORY_MIB',
        'EXTRACTION_MAX_FILE_MIB',
      ],
      secrets: ['PLATFORM_FILES_ACCESS_KEY', 'PLATFORM_FILES_SECRET_KEY'],
    },
    PublishTexts: { ...large, writes: [consultationDocumentTexts.name] },
    AssembleDocuments: { ...large, reads },
    PublishDocuments: { ...large, writes: tables.map(({ name }) => name) },
    ReportRun: {},
  },
  artifacts,
  maxStalenessHours: 30,
});
