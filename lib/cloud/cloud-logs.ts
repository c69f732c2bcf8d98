import { type CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import * as z from 'zod';
import type { Execution } from '../execution/execution.ts';
import type { LogLine } from '../execution/executions.ts';
import type { JsonObject } from '../json.ts';
import { toLogLine } from '../task/log-line.ts';
import { isAwsError } from './aws-call.ts';

/** A record as the task logger writes it; the service's own lines (`START RequestId …`) are none. */
const LogRecord = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));

/** Logs reach CloudWatch a little after they are written. */
const latenessMs = 60_000;

/** Whose log lines are read: an execution's, and its child executions' by their names. */
export interface Writers {
  readonly execution: Execution;
  readonly childNames: ReadonlySet<string>;
}

/** What tasks wrote during an execution, from their log groups, oldest first. */
export async function readLogs(
  client: CloudWatchLogsClient,
  writers: Writers,
  logGroupNames: readonly string[],
): Promise<LogLine[]> {
  const lines = await Promise.all(logGroupNames.map((logGroupName) => readGroup(client, writers, logGroupName)));
  return lines.flat().sort((a, b) => a.timestamp.localeCompare(b.timestamp));
}

async function readGroup(client: CloudWatchLogsClient, writers: Writers, logGroupName: string): Promise<LogLine[]> {
  const { startDate, stopDate } = writers.execution;
  const query = {
    logGroupName,
    filterPattern: patternFor(writers),
    startTime: Date.parse(startDate),
    ...(stopDate !== undefined && { endTime: Date.parse(stopDate) + latenessMs }),
  };
  const lines: LogLine[] = [];
  try {
    for await (const page of paginateFilterLogEvents({ client }, query)) {
      for (const { message = '' } of page.events ?? []) {
        const line = lineOf(toLogLine(LogRecord.parse(JSON.parse(message))), writers);
        if (line) lines.push(line);
      }
    }
  } catch (error) {
    // a task that never ran has no log group yet
    if (!isAwsError(error, 'ResourceNotFoundException')) throw error;
  }
  return lines;
}

/**
 * A pattern has no room for the names of many children, so that with children all lines of the flow in that time are
 * read: no more work for the service, which looks at each line of the time anyway.
 */
function patternFor({ execution, childNames }: Writers): string {
  const [field, value] = childNames.size === 0 ? ['execution', execution.name] : ['flow', execution.flowName];
  return `{ $.${field} = ${JSON.stringify(value)} }`;
}

/** Undefined for a line of another execution. */
function lineOf(line: LogLine, { execution, childNames }: Writers): LogLine | undefined {
  const writer = line.fields.execution;
  if (typeof writer === 'string' && childNames.has(writer)) return { ...line, child: { name: writer } };
  return childNames.size === 0 || writer === execution.name ? line : undefined;
}
