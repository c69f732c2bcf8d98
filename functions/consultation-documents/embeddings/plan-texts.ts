import * as z from 'zod';
import { resolveArtifact } from '../../../lib/artifact/catalog.ts';
import { pinnedArtifactSchema } from '../../../lib/artifact/manifest.ts';
import { publicationSchema } from '../../../lib/artifact/publish.ts';
import { quoteName, quoteText } from '../../../lib/table/quote.ts';
import { openSql } from '../../../lib/table/sql.ts';
import { defineTask, type Task } from '../../../lib/task/define-task.ts';
import { downloadInput, pinInput } from '../../../lib/task/pinned-input.ts';
import { consultationDocumentsPreprocessed } from '../consultation-documents-preprocessed.contract.ts';
import { derivedTableInput } from '../derived-flow-inputs.contract.ts';
import { unchanged } from '../unchanged.ts';
import { storeWorkList, workList } from '../work-list.ts';
import type { EmbeddedTexts } from './embedded-texts.ts';
import { embeddingModel } from './embedding-source.ts';

/** What an execution is to embed, and what it builds on. */
export const textPlan = z.object({
  preprocessed: pinnedArtifactSchema,
  /** The vectors that there are; null before the first run. */
  previous: pinnedArtifactSchema.nullable(),
  model: z.string(),
  work: workList,
  /** What there is already, when that is all there is to do. */
  unchanged: publicationSchema.nullable(),
});

/** Longest part of a text that is looked at. */
const maxCharacters = 81_920;
/** Texts of one request: as many of the longest as the endpoint takes tokens at once (300,000 by 8,192). */
const textsPerBatch = 36;

/** The task that lists the texts without a vector of this model: new ones, and those that have changed. */
export function planTextsOf(embedded: EmbeddedTexts): Task<typeof derivedTableInput, typeof textPlan> {
  return defineTask({ input: derivedTableInput, output: textPlan }, async (input, context) => {
    const preprocessed = await pinInput(context, {
      name: consultationDocumentsPreprocessed.name,
      version: input.preprocessedVersion,
      madeBy: 'preprocess-consultation-documents',
    });
    const previous = await resolveArtifact(context.artifacts, embedded.contract.name);
    const model = await embeddingModel(context.settings);
    await using sql = await openSql({ workFolder: context.workFolder, signal: context.signal });
    const query = textsToEmbedQuery(embedded, {
      preprocessedFile: await downloadInput(context, preprocessed),
      previousFile: previous && (await downloadInput(context, previous)),
      model,
    });
    const work = await storeWorkList(context, sql.batches(query), textsPerBatch);
    context.log.info('planned', { texts: work.items, batches: work.batches, model });
    const isAllDone = previous !== undefined && work.items === 0;
    return {
      ...{ preprocessed, previous: previous ?? null, model, work },
      unchanged: isAllDone ? await unchanged(context.artifacts, previous) : null,
    };
  });
}

/** SQL of keys, `text` (cut) and `text_sha256` of what has no vector yet. */
export function textsToEmbedQuery(
  { keys, query }: EmbeddedTexts,
  {
    preprocessedFile,
    previousFile,
    model,
  }: { preprocessedFile: string; previousFile: string | undefined; model: string },
): string {
  const names = keys.map(quoteName).join(', ');
  const known = previousFile
    ? `ANTI JOIN (FROM read_parquet(${quoteText(previousFile)}) WHERE embedding_model = ${quoteText(model)}) AS known
       USING (${names}, text_sha256)`
    : '';
  return `
    WITH texts AS (
      SELECT ${names}, left(text, ${maxCharacters}) AS text, sha256(left(text, ${maxCharacters})) AS text_sha256
      FROM (${query(preprocessedFile)}) WHERE regexp_matches(text, '\\S')
    )
    SELECT ${names}, text, text_sha256 FROM texts ${known} ORDER BY ${names}`;
}
