import { join } from 'node:path';
import { publicationSchema as publication, publishArtifact } from '../../../lib/artifact/publish.ts';
import { InvalidDataError } from '../../../lib/errors.ts';
import { selectColumns } from '../../../lib/table/contract-schema.ts';
import { quoteName, quoteText } from '../../../lib/table/quote.ts';
import { openSql } from '../../../lib/table/sql.ts';
import { writeParquet } from '../../../lib/table/write-parquet.ts';
import { defineTask, type Task } from '../../../lib/task/define-task.ts';
import { downloadInput } from '../../../lib/task/pinned-input.ts';

import { fetchDone } from '../work-list.ts';
import type { EmbeddedTexts } from './embedded-texts.ts';
import { textPlan } from './plan-texts.ts';

/** The task that joins the new vectors with those there were, and publishes them. */
export function publishEmbeddingsOf({ contract, keys }: EmbeddedTexts): Task<typeof textPlan, typeof publication> {
  return defineTask({ input: textPlan, output: publication }, async (plan, context) => {
    const { preprocessed, previous, model, work } = plan;
    const { workFolder, signal } = context;
    const newFiles = await fetchDone(context, work);
    const query = joinedQuery(keys, {
      newFiles,
      previousFile: previous ? await downloadInput(context, previous) : undefined,
      model,
    });
    const dataFile = join(workFolder, 'data.parquet');
    const names = keys.map(quoteName).join(', ');
    await using sql = await openSql({ workFolder, signal, memoryMiB: 1_024 });
    await writeParquet(sql, `${selectColumns(contract.columns, `(${query})`)} ORDER BY ${names}`, dataFile);
    return await publishArtifact(context, contract, {
      dataFile,
      inputs: [preprocessed, ...(previous ? [previous] : [])],
      notes: [`${work.items} texts were embedded by the model '${model}'${standInNote(model)}`],
    });
  });
}

/** Old rows of this model that were not made again, and the new ones. */
function joinedQuery(
  keys: readonly string[],
  files: { newFiles: readonly string[]; previousFile: string | undefined; model: string },
): string {
  const { newFiles, previousFile, model } = files;
  const names = keys.map(quoteName).join(', ');
  const fresh = newFiles.length > 0 && `FROM read_parquet([${newFiles.map(quoteText).join(', ')}])`;
  const old =
    previousFile && `FROM read_parquet(${quoteText(previousFile)}) WHERE embedding_model = ${quoteText(model)}`;
  const kept = fresh && old ? `FROM (${old}) ANTI JOIN (${fresh}) USING (${names})` : old;
  const parts = [kept, fresh].filter((query) => typeof query === 'string');
  if (parts.length > 0) return parts.join(' UNION ALL BY NAME ');
  throw new InvalidDataError('the dataset has no text to embed, and there are no vectors of earlier runs');
}

function standInNote(model: string): string {
  return model.startsWith('stand-in') ? ', which is a stand-in: its vectors mean little' : '';
}
