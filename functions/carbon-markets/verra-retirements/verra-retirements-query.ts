import { quoteText } from '../../../lib/table/quote.ts';

/**
 * SQL of the table `verra_retirements`: the retired blocks of a file of `verra_data_v2` that no bridge took, in its order.
 *
 * @see the specification of carbon-markets, F-23
 */
export function verraRetirementsQuery(verraDataFile: string): string {
  return `
    SELECT * FROM read_parquet(${quoteText(verraDataFile)})
    WHERE NOT toucan AND NOT c3 AND NOT moss AND status = 'Retired'`;
}
