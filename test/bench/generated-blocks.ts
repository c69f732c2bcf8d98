import { rawVerraData } from '../../functions/carbon-markets/raw-verra-data.contract.ts';
import { selectColumns } from '../../lib/table/contract-schema.ts';

/**
 * SQL of as many made-up rows of `raw_verra_data` as asked for, about as long as the real ones (some 350 bytes each):
 * 5,000 projects in eight countries, two thirds retired, one block in twenty moved to a chain.
 */
export function generatedBlocks(count: number): string {
  const made = `
    SELECT
      strftime(DATE '2009-01-01' + (i % 6000)::INT, '%Y-%m-%d') AS issuance_date,
      CASE WHEN i % 5 = 0 THEN '07: Affordable and Clean Energy; 08: Decent Work; 13: Climate Action' END
        AS sustainable_development_goals,
      'VCU' AS credit_type,
      strftime(DATE '2006-01-01' + (i % 5000)::INT, '%Y-%m-%d') AS vintage_start,
      strftime(DATE '2006-12-31' + (i % 5000)::INT, '%Y-%m-%d') AS vintage_end,
      vintage_start AS reporting_period_start,
      vintage_end AS reporting_period_end,
      (i % 5000)::VARCHAR AS id,
      'Reduction of emissions at the site number ' || (i % 5000) AS name,
      ['Asia', 'Latin America', 'Africa', 'Europe'][1 + i % 4] AS region,
      ['China', 'Viet Nam', 'Peru', 'Turkey', 'Niger', 'Congo', 'India', 'Côte d’Ivoire'][1 + (i * 7) % 8] AS country,
      'Energy industries (renewable/non-renewable sources)' AS project_type,
      'ACM0002; AMS-I.D.' AS methodology,
      1000 + i % 90000 AS total_vintage_quantity,
      1 + i % 1000 AS quantity_issued,
      (i // 20) || '-' || (i * 1000) || '-' || (i * 1000 + i % 1000) || '-VCS-VCU-900-VER-CN-1-' || id
        || '-01012020-31122020-' || i % 2 AS serial_number,
      CASE WHEN i % 5 = 0 THEN 'CCB-Gold' END AS additional_certifications,
      i % 3 <> 0 AS is_cancelled,
      CASE WHEN is_cancelled THEN strftime(DATE '2009-01-01' + (i % 6000 + i % 977)::INT, '%Y-%m-%d') END
        AS "retirement/cancellation_date",
      CASE WHEN is_cancelled THEN 'Beneficiary and Partners Limited ' || hash(i % 90000) END AS retirement_beneficiary,
      CASE WHEN is_cancelled THEN 'Retirement for Person or Organization' END AS retirement_reason,
      CASE WHEN i % 20 = 1 THEN 'Immobilised for the TOUCAN bridge ' || hash(i)
        WHEN is_cancelled AND i % 7 > 2 THEN 'Retired on behalf of customer ' || hash(i) END AS retirement_details,
      NULL AS input_type,
      (100000 + i)::VARCHAR AS holding_id
    FROM range(${count}) AS numbers (i)`;
  return selectColumns(rawVerraData.columns, `(${made})`);
}
