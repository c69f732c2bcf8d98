import { type ArtifactContract, columns } from '../../lib/contract.ts';

/**
 * The registry's answer, nearly as it comes: dates stay text, one row per block of credits.
 *
 * The names are those of the registry's web export in snake case, the slash included.
 *
 * @see the specification of carbon-markets, F-01, T-01 and section 5.8
 */
export const rawVerraData: ArtifactContract = {
  name: 'raw_verra_data',
  description: 'Every block of credits issued by the Verra registry, as delivered',
  columns: columns({
    issuance_date: 'string',
    sustainable_development_goals: 'string?',
    credit_type: 'string?',
    vintage_start: 'string',
    vintage_end: 'string?',
    reporting_period_start: 'string?',
    reporting_period_end: 'string?',
    id: 'string',
    name: 'string?',
    region: 'string?',
    country: 'string?',
    project_type: 'string?',
    methodology: 'string?',
    total_vintage_quantity: 'int?',
    quantity_issued: 'int',
    serial_number: 'string',
    additional_certifications: 'string?',
    is_cancelled: 'bool?',
    'retirement/cancellation_date': 'string?',
    retirement_beneficiary: 'string?',
    retirement_reason: 'string?',
    retirement_details: 'string?',
    input_type: 'string?',
    holding_id: 'string?',
  }),
  key: { columns: ['serial_number'], onDuplicate: 'warn' },
  rules: [
    { name: 'quantity is not negative', holds: 'quantity_issued >= 0', onFailure: 'fail' },
    { name: 'id is not empty', holds: "trim(id) <> ''", onFailure: 'fail' },
    {
      name: 'issuance date is a day',
      holds: "try_strptime(issuance_date, '%Y-%m-%d') IS NOT NULL",
      onFailure: 'fail',
    },
    {
      name: 'vintage is after 1970 and not after next year',
      holds: "year(try_strptime(vintage_start, '%Y-%m-%d')) BETWEEN 1971 AND year(current_date) + 1",
      onFailure: 'fail',
    },
  ],
};
