import { consultationDocumentTexts } from '../../functions/consultation-documents/consultation-document-texts.contract.ts';
import { datasetTables } from '../../functions/consultation-documents/dataset-tables.contract.ts';
import { preprocessConsultationDocumentsInput } from '../../functions/consultation-documents/flow-inputs.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';
import { reportTasks } from './report-tasks.ts';

const artifacts = [consultationDocumentTexts, ...datasetTables];
const reads = artifacts.map(({ name }) => name);
const large = { timeoutSeconds: 840, memoryMiB: 3_008, storageMiB: 6_144 };
const api = { calls: ['DEMOKRATIS_API_URL'], secrets: ['DEMOKRATIS_API_USERNAME', 'DEMOKRATIS_API_PASSWORD'] };
const files = {
  calls: ['PLATFORM_FILES_URL'],
  settings: ['PLATFORM_FILES_ENDPOINT_URL'],
  optionalSecrets: ['PLATFORM_FILES_ACCESS_KEY', 'PLATFORM_FILES_SECRET_KEY'],
};
const limits = ['EXTRACTION_SECONDS_PER_FILE', 'EXTRACTION_MEMORY_MIB', 'EXTRACTION_MAX_FILE_MIB'];

export const preprocessConsultationDocuments = defineFlow({
  name: 'preprocess-consultation-documents',
  description: 'Every document of every Swiss consultation with its text; reads only files that are new or changed',
  group: 'consultation-documents',
  input: preprocessConsultationDocumentsInput,
  tasks: {
    PlanRun: { reads },
    FetchEndpoint: { ...large, ...api },
    NormaliseDocuments: large,
    PlanExtraction: { ...large, reads },
    ExtractBatch: { ...large, ...files, settings: [...files.settings, ...limits] },
    PublishTexts: { ...large, writes: [consultationDocumentTexts.name] },
    AssembleDocuments: { ...large, reads },
    PublishDocuments: { ...large, writes: datasetTables.map(({ name }) => name) },
    DescribeRun: {},
    ...reportTasks,
  },
  onFailure: 'ReportFailure',
  artifacts,
  maxStalenessHours: 30,
});
