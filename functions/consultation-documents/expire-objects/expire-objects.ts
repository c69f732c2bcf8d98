import { cleanUpOldArtifacts, cleanUpReportSchema } from '../../../lib/artifact/clean-up-old-artifacts.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { attributeEmbeddings } from '../attribute-embeddings.contract.ts';
import { consultationDocumentTexts } from '../consultation-document-texts.contract.ts';
import { consultationDocumentsLineage } from '../consultation-documents-lineage.contract.ts';
import { consultationDocumentsPreprocessed } from '../consultation-documents-preprocessed.contract.ts';
import { consultationDocumentsQuarantine } from '../consultation-documents-quarantine.contract.ts';
import { expireObjectsInput } from '../derived-flow-inputs.contract.ts';
import { documentEmbeddings } from '../document-embeddings.contract.ts';
import { documentFeatures } from '../document-features.contract.ts';
import { tableKeeping } from '../table-keeping.contract.ts';

const tables = [
  ...[consultationDocumentsPreprocessed, consultationDocumentTexts, consultationDocumentsQuarantine],
  ...[consultationDocumentsLineage, documentFeatures, documentEmbeddings, attributeEmbeddings],
];

/**
 * Deletes versions of this group's tables that are more than so many whole days old; the newest ones stay.
 *
 * @see the specification of consultation-documents, section 7.8 and section 9, point 16
 */
export const expireObjects = defineTask(
  { input: expireObjectsInput, output: cleanUpReportSchema },
  async ({ maxAgeDays = tableKeeping.days - 1, keepNewest = tableKeeping.versions, dryRun = false }, context) =>
    await cleanUpOldArtifacts(context, {
      olderThanDays: maxAgeDays + 1,
      keepNewest,
      only: tables.map(({ name }) => name),
      dryRun,
    }),
);

export const handler = lambdaHandler(expireObjects);
