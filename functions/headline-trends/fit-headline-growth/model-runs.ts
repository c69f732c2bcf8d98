import { createHash } from 'node:crypto';
import type { Warehouse, WarehouseSession } from '../../../lib/warehouse/warehouse.ts';
import { tokeniser } from '../models/models.ts';
import { modelVersion } from './growth-fit.ts';
import type { GrowthWindow } from './growth-run.ts';
import type { RankedFit } from './rank-terms.ts';

/** The publication's name, where the warehouse and the results say it. */
export const publicationName = 'NYT';

/** Everything that decides the coefficients of a run. */
export interface RunIdentity {
  readonly window: Pick<GrowthWindow, 'start' | 'end' | 'rules' | 'dayZone'>;
  readonly inputChecksum: string;
}

/** A digest of a run's identity; how terms are ranked is not part of it. */
export function runKeyOf({ window, inputChecksum }: RunIdentity): string {
  const { start, end, rules, dayZone } = window;
  const parts = [publicationName, start, end, rules, dayZone, tokeniser, modelVersion, inputChecksum];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/**
 * Keeps a run and its coefficients, unless it is there already; those of the same window before it are marked as
 * superseded, and stay.
 */
export async function keepRun(
  warehouse: Warehouse,
  identity: RunIdentity & { readonly createdBy: string },
  fits: readonly RankedFit[],
): Promise<'fitted' | 'unchanged'> {
  return await warehouse.tx(async (session) => {
    const id = await insertRun(session, identity);
    if (id === undefined) return 'unchanged';
    await insertOutput(session, id, fits);
    const { start, end, rules, dayZone } = identity.window;
    await session.query(
      `UPDATE model.run SET superseded_by = $1
       WHERE model_run_id < $1 AND superseded_by IS NULL AND publication = $2 AND min_publication_date = $3::date
         AND max_publication_date = $4::date AND rules = $5 AND day_zone = $6`,
      [id, publicationName, start, end, rules, dayZone],
    );
    return 'fitted';
  });
}

/** The new run's number; undefined when there is a run with this key. */
async function insertRun(
  session: WarehouseSession,
  { window, inputChecksum, createdBy }: RunIdentity & { readonly createdBy: string },
): Promise<number | undefined> {
  const { start, end, rules, dayZone } = window;
  // looked up first: a conflict would use up a number of the identity column
  const runKey = runKeyOf({ window, inputChecksum });
  if ((await session.query('SELECT 1 FROM model.run WHERE run_key = $1', [runKey])).length > 0) return undefined;
  const [inserted] = await session.query(
    `INSERT INTO model.run (run_key, publication, min_publication_date, max_publication_date, rules, day_zone,
       tokeniser, model_version, input_checksum, created_by)
     VALUES ($1, $2, $3::date, $4::date, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (run_key) DO NOTHING RETURNING model_run_id`,
    [runKey, publicationName, start, end, rules, dayZone, tokeniser, modelVersion, inputChecksum, createdBy],
  );
  return inserted && Number(inserted.model_run_id);
}

async function insertOutput(session: WarehouseSession, runId: number, fits: readonly RankedFit[]): Promise<void> {
  const rows = fits.map(({ term, status, intercept, slope, rse, pValue, qValue }) => ({
    ...{ headline_term: term, status, coef_intercept: intercept, coef_time: slope },
    ...{ rse_time: rse, p_value_time: pValue, q_value_time: qValue },
  }));
  await session.query(
    `INSERT INTO model.output (model_run_id, headline_term, status, coef_intercept, coef_time, rse_time, p_value_time, q_value_time)
     SELECT $1, * FROM jsonb_to_recordset($2::jsonb) AS fits (headline_term text, status text,
       coef_intercept float8, coef_time float8, rse_time float8, p_value_time float8, q_value_time float8)`,
    [runId, JSON.stringify(rows)],
  );
}
