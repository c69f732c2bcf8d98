import * as z from 'zod';
import { type Column, columns } from '../../../lib/contract.ts';
import { rawVerraData } from '../raw-verra-data.contract.ts';

/** A row of `raw_verra_data`, with what the record had besides under the registry's own keys. */
export interface RawVerraRow {
  readonly [column: string]: string | number | boolean | null;
}

/** Columns of one month's file: the table's, and the fields that it has no column for, as JSON text. */
export const partColumns: readonly Column[] = [...rawVerraData.columns, ...columns({ further_fields: 'string?' })];

/** A record that is a row, or the reasons why it is none. */
export type ReadRecord =
  | { readonly row: RawVerraRow; readonly furtherKeys: readonly string[] }
  | { readonly reasons: readonly string[] };

const identifier = z.string().min(1);
const day = z.iso.date();
const text = z.string().nullish();
const tonnes = z.int().nonnegative();

/** What the registry calls a field, what it must hold, and what we call it. */
const fields: Readonly<Record<string, readonly [column: string, schema: z.ZodType]>> = {
  issuanceDate: ['issuance_date', day],
  programObjectives: ['sustainable_development_goals', text],
  instrumentType: ['credit_type', text],
  vintageStart: ['vintage_start', day],
  vintageEnd: ['vintage_end', day.nullish()],
  reportingPeriodStart: ['reporting_period_start', day.nullish()],
  reportingPeriodEnd: ['reporting_period_end', day.nullish()],
  resourceIdentifier: ['id', identifier],
  resourceName: ['name', text],
  region: ['region', text],
  country: ['country', text],
  protocolCategory: ['project_type', text],
  protocol: ['methodology', text],
  totalVintageQuantity: ['total_vintage_quantity', tonnes.nullish()],
  quantity: ['quantity_issued', tonnes],
  serialNumbers: ['serial_number', identifier],
  additionalCertifications: ['additional_certifications', text],
  retiredCancelled: ['is_cancelled', z.boolean().nullish()],
  retireOrCancelDate: ['retirement/cancellation_date', day.nullish()],
  retirementBeneficiary: ['retirement_beneficiary', text],
  retirementReason: ['retirement_reason', text],
  retirementDetails: ['retirement_details', text],
  inputTypes: ['input_type', text],
  holdingIdentifier: ['holding_id', text],
};

const record = z.looseObject(Object.fromEntries(Object.entries(fields).map(([key, [, schema]]) => [key, schema])));

/**
 * Reads one record of the registry's answer. Types are checked, nothing is converted.
 *
 * @see the specification of carbon-markets, section 2.6
 */
export function readRecord(value: unknown): ReadRecord {
  const parsed = record.safeParse(value);
  if (!parsed.success) return { reasons: parsed.error.issues.map((issue) => explain(issue, value)) };
  const further = Object.entries(parsed.data).filter(([key]) => !(key in fields));
  const cells = Object.entries(fields).map(([key, [column]]) => [column, parsed.data[key] ?? null]);
  return {
    row: {
      ...Object.fromEntries(cells),
      further_fields: further.length === 0 ? null : JSON.stringify(Object.fromEntries(further)),
    },
    furtherKeys: further.map(([key]) => key),
  };
}

function explain(issue: z.core.$ZodIssue, value: unknown): string {
  const [key] = issue.path;
  if (key === undefined) return issue.message;
  const received = JSON.stringify(Reflect.get(Object(value), key)) ?? 'nothing';
  return `${String(key)} is ${received}: ${issue.message}`;
}
