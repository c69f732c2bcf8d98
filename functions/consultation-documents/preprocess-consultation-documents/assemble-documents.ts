import { InvalidDataError } from '../../../lib/errors.ts';
import { loadRows } from '../../../lib/table/load-rows.ts';
import { openSql, type Sql } from '../../../lib/table/sql.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { datasetQuery, fallenQuery, joinsAsWritten, lineageQuery, quarantineQuery } from '../dataset-queries.ts';
import { storeTable } from '../stored-table.ts';
import { assembledDataset } from './assembled-dataset.ts';
import { assemblyInput } from './assembly-input.ts';
import { countDataset } from './count-dataset.ts';
import { judgementColumns, judgements } from './judgements.ts';
import { loadAssemblyTables } from './load-assembly-tables.ts';

/** Largest share of documents that may break the schema. */
const toleratedShare = 0.01;
const memoryMiB = 384;

/** Gives each document its text and its language, and sets aside those that are no rows of the dataset. */
export const assembleDocuments = defineTask(
  { input: assemblyInput, output: assembledDataset },
  async (input, context) => {
    const { compat } = input.run;
    await using sql = await openSql({ workFolder: context.workFolder, signal: context.signal, memoryMiB });
    await sql.run(joinsAsWritten);
    const inputs = await loadAssemblyTables(sql, input, context);
    await loadRows(sql, { name: 'judgements', columns: judgementColumns }, judgements(sql, compat));
    await refuseTooManyInvalid(sql, input.plan.documents);

    const orderedBy = compat ? ['row_position', 'row_uuid'] : ['row_uuid', 'row_position'];
    const dataset = await storeTable({ sql, context }, { name: 'dataset', query: datasetQuery, orderedBy });
    const { executionName } = context;
    const lineage = { name: 'lineage', query: lineageQuery(executionName), orderedBy };
    await sql.run(`CREATE TABLE fallen AS ${fallenQuery}`);
    const quarantine = { name: 'quarantine', query: quarantineQuery(executionName), orderedBy };
    return {
      dataset,
      lineage: await storeTable({ sql, context }, lineage),
      quarantine: await storeTable({ sql, context }, quarantine),
      inputs,
      notes: await notesOn(sql, compat),
      documents: input.normalised.documents + input.normalised.dropped,
      ...(await countDataset(sql)),
    };
  },
);

export const handler = lambdaHandler(assembleDocuments);

async function refuseTooManyInvalid(sql: Sql, documents: number): Promise<void> {
  const invalid = await sql.rows(
    `SELECT detail, count(*) AS n FROM judgements WHERE stage = 'validation' GROUP BY detail ORDER BY n DESC, detail`,
  );
  const count = invalid.reduce((sum, { n }) => sum + Number(n), 0);
  // a single one is no sign of a broken answer, however few documents there are
  if (count <= Math.max(1, toleratedShare * documents)) return;
  const shown = invalid.slice(0, 5).map(({ detail, n }) => `${detail} (${n} times)`);
  throw new InvalidDataError(
    `${count} of ${documents} documents break the schema, and at most ${toleratedShare * 100} % are tolerated: ${shown.join('; ')}`,
  );
}

async function notesOn(sql: Sql, compat: boolean): Promise<string[]> {
  const [found] = await sql.rows(`
    SELECT count(*) AS n FROM (
      SELECT consultation_identifier, document_language FROM documents
      GROUP BY ALL
      HAVING count(DISTINCT (consultation_title, consultation_description, organisation_name, consultation_url)) > 1)`);
  const differing = Number(found?.n);
  return [
    ...(compat ? ['made in compat mode, by the rules of the original'] : []),
    ...(differing > 0
      ? [`${differing} consultations have other titles, descriptions or organisations on rows of the same language`]
      : []),
  ];
}
