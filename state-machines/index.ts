// every flow there is, one line each; its readers take `import * as flows` and go through the values
export { buildVerra } from './carbon-markets/build-verra.flow.ts';
export { rawVerraData } from './carbon-markets/raw-verra-data.flow.ts';
export { verraData } from './carbon-markets/verra-data.flow.ts';
export { verraRetirements } from './carbon-markets/verra-retirements.flow.ts';
export { embedConsultations } from './consultation-documents/embed-consultations.flow.ts';
export { embedDocuments } from './consultation-documents/embed-documents.flow.ts';
export { expireObjects } from './consultation-documents/expire-objects.flow.ts';
export { extractDocumentFeatures } from './consultation-documents/extract-document-features.flow.ts';
export { mainIngestion } from './consultation-documents/main-ingestion.flow.ts';
export { predictConsultationTopics } from './consultation-documents/predict-consultation-topics.flow.ts';
export { predictDocumentTypes } from './consultation-documents/predict-document-types.flow.ts';
export { preprocessConsultationDocuments } from './consultation-documents/preprocess-consultation-documents.flow.ts';
export { publishData } from './consultation-documents/publish-data.flow.ts';
export { backfillHeadlines } from './headline-trends/backfill-headlines.flow.ts';
export { fitHeadlineGrowth } from './headline-trends/fit-headline-growth.flow.ts';
export { loadHeadlines } from './headline-trends/load-headlines.flow.ts';
export { cleanUpOldArtifacts } from './maintenance/clean-up-old-artifacts.flow.ts';
