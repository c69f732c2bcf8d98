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

/** What tasks wrote during an execution, from their log groups, oldest first. */
export async function readLogs(
  client: CloudWatchLogsClient,
  execution: Execution,
  logGroupNames: readonly string[],
): Promise<LogLine[]> {
  const lines = await Promise.all(logGroupNames.map((logGroupName) => readGroup(client, execution, logGroupName)));
  return lines.flat().sort((a, b) => a.timestamp.localeCompare(b.timestamp));
}

async function readGroup(
  client: CloudWatchLogsClient,
  { name, startDate, stopDate }: Execution,
  logGroupName: string,
): Promise<LogLine[]> {
  const query = {
    logGroupName,
    filterPattern: `{ $.execution = ${JSON.stringify(name)} }`,
    startTime: Date.parse(startDate),
    ...(stopDate !== undefined && { endTime: Date.parse(stopDate) + latenessMs }),
  };
  const lines: LogLine[] = [];
  try {
    for await (const page of paginateFilterLogEvents({ client }, query)) {
      for (const { message = '' } of page.events ?? []) lines.push(toLogLine(LogRecord.parse(JSON.parse(message))));
    }
  } catch (error) {
    // a task that never ran has no log group yet
    if (!isAwsError(error, 'ResourceNotFoundException')) throw error;
  }
  return lines;
}
