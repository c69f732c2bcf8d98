import * as z from 'zod';
import type { Json } from '../../json.ts';
import type { ExecutionStatus } from '../execution.ts';
import * as fields from './fields.ts';

const start = {
  stateMachineArn: fields.arn,
  name: fields.name.optional(),
  input: fields.payloadText.default('{}'),
  traceHeader: z.string().max(256).optional(),
};

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
export const startExecutionRequest = z.object(start);
export type StartExecutionRequest = z.infer<typeof startExecutionRequest>;

export interface StartExecutionResponse {
  readonly executionArn: string;
  readonly startDate: Date;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html */
export const startSyncExecutionRequest = z.object({ ...start, includedData: fields.includedData });
export type StartSyncExecutionRequest = z.infer<typeof startSyncExecutionRequest>;

/** Whether a text is in the answer. */
export interface DataDetails {
  readonly included: boolean;
}

/** What went into an execution and what came out, as JSON texts. */
export interface ExecutionData {
  readonly input?: string;
  readonly inputDetails?: DataDetails;
  readonly output?: string;
  readonly outputDetails?: DataDetails;
  readonly error?: string;
  readonly cause?: string;
}

export interface StartSyncExecutionResponse extends ExecutionData {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly startDate: Date;
  readonly stopDate: Date;
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';
  readonly traceHeader?: string;
  readonly billingDetails: { readonly billedMemoryUsedInMB: number; readonly billedDurationInMilliseconds: number };
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html */
export const describeExecutionRequest = z.object({ executionArn: fields.arn, includedData: fields.includedData });
export type DescribeExecutionRequest = z.infer<typeof describeExecutionRequest>;

/** An execution in a list. */
export interface ExecutionListItem {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: Date;
  readonly stopDate?: Date;
  readonly mapRunArn?: string;
  readonly itemCount?: number;
  readonly redriveCount: number;
  readonly redriveDate?: Date;
}

export interface DescribeExecutionResponse extends Omit<ExecutionListItem, 'itemCount'>, ExecutionData {
  readonly redriveStatus: 'REDRIVABLE' | 'NOT_REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN';
  readonly redriveStatusReason?: string;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
export const listExecutionsRequest = z.object({
  stateMachineArn: fields.arn.optional(),
  mapRunArn: z.string().min(1).max(2_000).optional(),
  statusFilter: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']).optional(),
  redriveFilter: z.enum(['REDRIVEN', 'NOT_REDRIVEN']).optional(),
  ...fields.paging,
});
export type ListExecutionsRequest = z.infer<typeof listExecutionsRequest>;

export interface ListExecutionsResponse extends fields.Page {
  /** Newest first. */
  readonly executions: readonly ExecutionListItem[];
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html */
export const getExecutionHistoryRequest = z.object({
  executionArn: fields.arn,
  reverseOrder: z.boolean().default(false),
  includeExecutionData: z.boolean().default(true),
  ...fields.paging,
});
export type GetExecutionHistoryRequest = z.infer<typeof getExecutionHistoryRequest>;

/** An event with its details under the member that its type has in the API, such as `stateEnteredEventDetails`. */
export interface ApiHistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: Date;
  readonly type: string;
  readonly [details: `${string}EventDetails`]: Readonly<Record<string, Json>>;
}

export interface GetExecutionHistoryResponse extends fields.Page {
  readonly events: readonly ApiHistoryEvent[];
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html */
export const stopExecutionRequest = z.object({
  executionArn: fields.arn,
  error: fields.errorName.optional(),
  cause: fields.errorCause.optional(),
});
export type StopExecutionRequest = z.infer<typeof stopExecutionRequest>;

export interface StopExecutionResponse {
  readonly stopDate: Date;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html */
export const redriveExecutionRequest = z.object({
  executionArn: fields.arn,
  clientToken: z.string().min(1).max(64).optional(),
});
export type RedriveExecutionRequest = z.infer<typeof redriveExecutionRequest>;

export interface RedriveExecutionResponse {
  readonly redriveDate: Date;
}

/** What can be done with executions. */
export interface ExecutionOperations {
  startExecution(request: StartExecutionRequest): Promise<StartExecutionResponse>;
  startSyncExecution(request: StartSyncExecutionRequest): Promise<StartSyncExecutionResponse>;
  describeExecution(request: DescribeExecutionRequest): Promise<DescribeExecutionResponse>;
  listExecutions(request: ListExecutionsRequest): Promise<ListExecutionsResponse>;
  getExecutionHistory(request: GetExecutionHistoryRequest): Promise<GetExecutionHistoryResponse>;
  stopExecution(request: StopExecutionRequest): Promise<StopExecutionResponse>;
  redriveExecution(request: RedriveExecutionRequest): Promise<RedriveExecutionResponse>;
}
