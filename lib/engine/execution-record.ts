import * as z from 'zod';
import type { Execution, ExecutionStatus } from '../execution/execution.ts';
import type { Json } from '../json.ts';

const statuses = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const satisfies ExecutionStatus[];

const schema = z.object({
  name: z.string(),
  arn: z.string(),
  flowName: z.string(),
  status: z.enum(statuses),
  startDate: z.string(),
  stopDate: z.string().optional(),
  input: z.json(),
  output: z.json().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
  redriveCount: z.number(),
  redriveDate: z.string().optional(),
  /** The definition it runs, with its ARNs filled in. */
  definition: z.string(),
  /** The process that runs it. */
  owner: z.object({ pid: z.number(), startedAt: z.string() }),
});

/** An execution as it is kept: what everyone may see, what it runs and who runs it. */
export interface ExecutionRecord extends Execution {
  readonly definition: string;
  readonly owner: { readonly pid: number; readonly startedAt: string };
}

/** @throws {z.ZodError} the text is no record */
export function readRecord(text: string): ExecutionRecord {
  const record: unknown = schema.parse(JSON.parse(text));
  return record as ExecutionRecord; // the schema has exactly these fields; zod adds `| undefined` to optional ones
}

/** The part of a record that the port shows. */
export function executionOf(record: ExecutionRecord): Execution {
  const { definition: _definition, owner: _owner, ...execution } = record;
  return execution;
}

/** Two inputs that are the same JSON value, whatever the order of their members. */
export function isSameJson(one: Json, other: Json): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, sorted(member)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
