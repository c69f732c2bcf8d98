import type * as z from 'zod';
import { openSql } from '../../../lib/table/sql.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { downloadInput } from '../../../lib/task/pinned-input.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { builtTable, storeBuiltTable } from '../built-table.ts';
import { verraDataInputs } from './verra-data-inputs.ts';
import { unknownCountriesQuery, verraDataQuery } from './verra-data-query.ts';

/** Builds `verra_data_v2` from the pinned versions, and warns once of each country that no table knows. */
export const buildVerraData = defineTask({ input: verraDataInputs, output: builtTable }, async (input, context) => {
  const { rawVerraData, mossBridgedOffsets, compat, accept } = input;
  const query = verraDataQuery({
    rawVerraDataFile: await downloadInput(context, rawVerraData),
    ...(mossBridgedOffsets && { mossBridgedOffsetsFile: await downloadInput(context, mossBridgedOffsets) }),
    isCompat: compat,
  });
  const { file, key, rows } = await storeBuiltTable(context, query);
  const notes = [...notesOn(input), ...(await unknownCountries(context, file))];
  for (const note of notes) context.log.warn(note);
  return { key, rows, inputs: [rawVerraData, mossBridgedOffsets].filter((each) => each !== null), notes, accept };
});

export const handler = lambdaHandler(buildVerraData);

function notesOn({ mossBridgedOffsets, compat }: z.infer<typeof verraDataInputs>): string[] {
  const notes: string[] = [];
  if (!mossBridgedOffsets) {
    notes.push('raw_eth_moss_bridged_offsets was never published: no block counts as bridged by Moss');
  }
  if (compat) notes.push('made in compat mode: a block retired on its day of issuance counts as Available');
  return notes;
}

/** One note for each country that no table knows. */
async function unknownCountries({ workFolder, signal }: TaskContext, verraDataFile: string): Promise<string[]> {
  await using sql = await openSql({ workFolder, signal });
  const unknown = await sql.rows(unknownCountriesQuery(verraDataFile));
  return unknown.map(({ country, blocks }) => {
    const blocksOf = `${blocks} blocks ${country === null ? 'without a country' : `of the country '${country}'`}`;
    return `no country code is known for ${blocksOf}`;
  });
}
