import * as z from 'zod';
import type { Execution, ExecutionStatus } from '../execution/execution.ts';
import type { Json } from '../json.ts';
import { executionArn } from './arns.ts';
import { thisProcess } from './process-owner.ts';

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
  /** The role of its state machine when it started. */
  roleArn: z.string().optional(),
  /** The process that runs it. */
  owner: z.object({ pid: z.number(), startedAt: z.string() }),
});

/** An execution as it is kept: what everyone may see, what it runs and who runs it. */
export interface ExecutionRecord extends Execution {
  readonly definition: string;
  readonly roleArn?: string;
  readonly owner: { readonly pid: number; readonly startedAt: string };
}

/** @throws {z.ZodError} the text is no record */
export function readRecord(text: string): ExecutionRecord {
  const record: unknown = schema.parse(JSON.parse(text));
  return record as ExecutionRecord; // the schema has exactly these fields; zod adds `| undefined` to optional ones
}

/** The part of a record that the port shows. */
export function executionOf(record: ExecutionRecord): Execution {
  const { definition: _definition, roleArn: _roleArn, owner: _owner, ...execution } = record;
  return execution;
}

/** The record of an execution that this process starts. */
export function newRecord(made: {
  flowName: string;
  input: Json;
  definition: string;
  roleArn: string;
  name: string;
  startedAtMs: number;
}): ExecutionRecord {
  return {
    name: made.name,
    arn: executionArn(made.flowName, made.name),
    flowName: made.flowName,
    status: 'RUNNING',
    startDate: new Date(made.startedAtMs).toISOString(),
    input: made.input,
    redriveCount: 0,
    definition: made.definition,
    roleArn: made.roleArn,
    owner: thisProcess(),
  };
}

/** The record of an execution that goes on: how it ended before no longer holds. */
export function restarted(record: ExecutionRecord, definition: string, nowMs: number): ExecutionRecord {
  const { stopDate: _stopDate, error: _error, cause: _cause, output: _output, ...kept } = record;
  const redriveDate = new Date(nowMs).toISOString();
  const redriveCount = record.redriveCount + 1;
  return { ...kept, definition, status: 'RUNNING', redriveCount, redriveDate, owner: thisProcess() };
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
