import { resolveArtifact } from '../../../lib/artifact/catalog.ts';
import { quoteText } from '../../../lib/table/quote.ts';
import { openSql } from '../../../lib/table/sql.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { downloadInput, pinInput } from '../../../lib/task/pinned-input.ts';
import { consultationDocumentsPreprocessed } from '../consultation-documents-preprocessed.contract.ts';
import { extractDocumentFeaturesInput } from '../derived-flow-inputs.contract.ts';
import { documentFeatures } from '../document-features.contract.ts';
import { pdfMimeType } from '../text-extraction/file-types.ts';
import { unchanged } from '../unchanged.ts';
import { storeWorkList } from '../work-list.ts';
import { featurePlan } from './feature-plan.ts';

/** So few that a batch of the slowest files is done within the task's time. */
const filesPerBatch = 25;

/** Lists the PDFs whose figures are not known: of new documents, and of documents with a new file. */
export const planFeatures = defineTask(
  { input: extractDocumentFeaturesInput, output: featurePlan },
  async ({ preprocessedVersion, language }, context) => {
    const preprocessed = await pinInput(context, {
      name: consultationDocumentsPreprocessed.name,
      version: preprocessedVersion,
      madeBy: 'preprocess-consultation-documents',
    });
    const previous = await resolveArtifact(context.artifacts, documentFeatures.name);
    await using sql = await openSql({ workFolder: context.workFolder, signal: context.signal });
    const query = filesToMeasureQuery({
      preprocessedFile: await downloadInput(context, preprocessed),
      previousFile: previous && (await downloadInput(context, previous)),
      language,
    });
    const work = await storeWorkList(context, sql.batches(query), filesPerBatch);
    context.log.info('planned', { files: work.items, batches: work.batches });
    const isAllDone = previous !== undefined && work.items === 0;
    return {
      ...{ preprocessed, previous: previous ?? null, work },
      unchanged: isAllDone ? await unchanged(context.artifacts, previous) : null,
    };
  },
);

export const handler = lambdaHandler(planFeatures);

function filesToMeasureQuery(sources: {
  preprocessedFile: string;
  previousFile: string | undefined;
  language: string | undefined;
}): string {
  const { preprocessedFile, previousFile, language } = sources;
  const known = previousFile
    ? `ANTI JOIN read_parquet(${quoteText(previousFile)}) AS known USING (document_uuid, stored_file_hash)`
    : '';
  return `
    WITH files AS (
      SELECT document_uuid, stored_file_hash, stored_file_path FROM read_parquet(${quoteText(preprocessedFile)})
      WHERE stored_file_path IS NOT NULL AND stored_file_hash IS NOT NULL
        AND stored_file_mime_type = ${quoteText(pdfMimeType)}
        AND ${language ? `document_language = ${quoteText(language)}` : 'true'}
    )
    FROM files ${known} ORDER BY document_uuid`;
}
