import type { Execution } from '../execution/execution.ts';
import { durationBetween } from './format.ts';

/** What every document says about an execution. */
export function executionSummary(execution: Execution, now: number): Record<string, unknown> {
  return {
    execution: execution.name,
    flow: execution.flowName,
    status: execution.status,
    startDate: execution.startDate,
    stopDate: execution.stopDate ?? null,
    durationSeconds: durationBetween(execution.startDate, execution.stopDate, now) / 1000,
    error: execution.error ?? null,
    cause: execution.cause ?? null,
    redriveCount: execution.redriveCount,
  };
}
