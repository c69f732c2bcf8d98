import { type ArtifactContract, columns } from '../../lib/contract.ts';

/**
 * The registry's blocks with dates, status, bridge and country code worked out.
 *
 * Read by dashboards under these very names: see section 1.2 of the specification of carbon-markets before a change.
 *
 * @see the specification of carbon-markets, F-22 and section 5.8
 */
export const verraDataV2: ArtifactContract = {
  name: 'verra_data_v2',
  description: 'Every block of Verra credits: when issued, whether retired, by which bridge it went on a chain',
  columns: columns({
    issuance_date: 'ts',
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
    retirement_date: 'ts?',
    retirement_beneficiary: 'string?',
    retirement_reason: 'string?',
    retirement_details: 'string?',
    input_type: 'string?',
    holding_id: 'string?',
    vintage: 'int',
    days_to_retirement: 'int?',
    status: 'string',
    toucan: 'bool',
    bridge: 'string?',
    c3: 'bool',
    moss: 'bool',
    country_code: 'string?',
    quantity: 'int',
    project_id: 'string',
  }),
  key: { columns: ['serial_number'], onDuplicate: 'warn' },
  rules: [
    { name: 'quantity is not negative', holds: 'quantity >= 0', onFailure: 'fail' },
    { name: 'id is not empty', holds: "trim(id) <> ''", onFailure: 'fail' },
    {
      name: 'vintage is after 1970 and not after next year',
      holds: 'vintage BETWEEN 1971 AND year(current_date) + 1',
      onFailure: 'fail',
    },
    { name: 'status is Retired or Available', holds: "status IN ('Retired', 'Available')", onFailure: 'fail' },
    {
      name: 'country code is three upper-case letters',
      holds: "country_code IS NULL OR regexp_full_match(country_code, '[A-Z]{3}')",
      onFailure: 'fail',
    },
    { name: 'country code is known', holds: 'country_code IS NOT NULL', onFailure: 'fail', toleratedShare: 0.01 },
  ],
};
