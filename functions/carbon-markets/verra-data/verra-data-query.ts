import type { Column } from '../../../lib/contract.ts';
import { selectColumns } from '../../../lib/table/contract-schema.ts';
import { quoteText } from '../../../lib/table/quote.ts';
import { comparableName, countryCodes } from '../country-codes.ts';
import { verraDataV2 } from '../verra-data-v2.contract.ts';

/** What the rows of `verra_data_v2` are made from. */
export interface VerraDataSources {
  /** A Parquet file of `raw_verra_data`. */
  readonly rawVerraDataFile: string;
  /** A Parquet file of `raw_eth_moss_bridged_offsets`; without it no block counts as bridged by Moss. */
  readonly mossBridgedOffsetsFile?: string;
  /** Reproduces the original's rule, by which a block retired on its day of issuance is still available. */
  readonly isCompat: boolean;
}

/**
 * SQL of the table `verra_data_v2`, with the `file_row_number` in `raw_verra_data`, which is to be its order.
 *
 * Days that are no days fail the query; countries that no table knows get a null code.
 *
 * @see the specification of carbon-markets, F-22
 */
export function verraDataQuery(sources: VerraDataSources): string {
  const { rawVerraDataFile, mossBridgedOffsetsFile, isCompat } = sources;
  const mossSerials = mossBridgedOffsetsFile
    ? `SELECT DISTINCT serial_number FROM read_parquet(${quoteText(mossBridgedOffsetsFile)}) WHERE serial_number IS NOT NULL`
    : 'SELECT NULL::VARCHAR AS serial_number WHERE false';
  return `
    WITH country_codes AS (${countryCodes}),
    moss_serials AS (${mossSerials}),
    dated AS (
      SELECT * REPLACE (strptime(issuance_date, '%Y-%m-%d') AS issuance_date),
        strptime("retirement/cancellation_date", '%Y-%m-%d') AS retirement_date,
        coalesce(contains(retirement_details, 'TOUCAN'), false) AS toucan,
        coalesce(contains(retirement_details, 'C3T'), false) AS c3,
        serial_number IN (FROM moss_serials) AS moss
      FROM read_parquet(${quoteText(rawVerraDataFile)}, file_row_number = true)
    ),
    completed AS (
      SELECT dated.*,
        year(strptime(vintage_start, '%Y-%m-%d')) AS vintage,
        date_diff('day', issuance_date, retirement_date) AS days_to_retirement,
        CASE WHEN ${isCompat ? 'days_to_retirement > 0' : 'retirement_date IS NOT NULL'} THEN 'Retired' ELSE 'Available' END
          AS status,
        CASE WHEN moss THEN 'Moss' WHEN c3 THEN 'C3' WHEN toucan THEN 'Toucan' END AS bridge,
        country_codes.code AS country_code,
        quantity_issued AS quantity,
        'VCS-' || id AS project_id
      FROM dated LEFT JOIN country_codes ON comparable_name = ${comparableName('country')}
    )
    ${selectColumns([...verraDataV2.columns, order], 'completed')}`;
}

/** SQL of `(country, blocks)` for each spelling in a file of `verra_data_v2` that has no code; null is one of them. */
export function unknownCountriesQuery(verraDataFile: string): string {
  return `
    SELECT country, count(*) AS blocks FROM read_parquet(${quoteText(verraDataFile)})
    WHERE country_code IS NULL GROUP BY country ORDER BY country`;
}

const order: Column = { name: 'file_row_number', type: 'int', nullable: false };
