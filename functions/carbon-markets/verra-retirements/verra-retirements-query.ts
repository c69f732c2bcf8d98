import { quoteText } from '../../../lib/table/quote.ts';

/**
 * SQL of the table `verra_retirements`: the retired blocks of a file of `verra_data_v2` that no bridge took, with their
 * `file_row_number` in it, which is to be their order.
 *
 * @see the specification of carbon-markets, F-23
 */
export function verraRetirementsQuery(verraDataFile: string): string {
  return `
    SELECT * FROM read_parquet(${quoteText(verraDataFile)}, file_row_number = true)
    WHERE NOT toucan AND NOT c3 AND NOT moss AND status = 'Retired'`;
}
