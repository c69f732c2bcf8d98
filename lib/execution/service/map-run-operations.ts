import * as z from 'zod';
import type { MapRun, MapRunCounts, MapRunLimits } from '../map-run.ts';
import * as fields from './fields.ts';

const mapRunArn = z.string().min(1).max(2_000);

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html */
export const describeMapRunRequest = z.object({ mapRunArn });
export type DescribeMapRunRequest = z.infer<typeof describeMapRunRequest>;

/** A Map Run with its limits, which count as 0 where there are none. */
export interface DescribeMapRunResponse
  extends Omit<MapRun, 'startDate' | 'stopDate' | 'counts'>,
    Required<MapRunLimits> {
  readonly startDate: Date;
  readonly stopDate?: Date;
  readonly itemCounts: MapRunCounts;
  readonly executionCounts: MapRunCounts;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListMapRuns.html */
export const listMapRunsRequest = z.object({ executionArn: fields.arn, ...fields.paging });
export type ListMapRunsRequest = z.infer<typeof listMapRunsRequest>;

export interface ListMapRunsResponse extends fields.Page {
  /** Newest first. */
  readonly mapRuns: readonly {
    readonly executionArn: string;
    readonly mapRunArn: string;
    readonly stateMachineArn: string;
    readonly startDate: Date;
    readonly stopDate?: Date;
  }[];
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateMapRun.html */
export const updateMapRunRequest = z.object({
  mapRunArn,
  maxConcurrency: z.int().min(0).optional(),
  toleratedFailureCount: z.int().min(0).optional(),
  toleratedFailurePercentage: z.number().min(0).max(100).optional(),
});
export type UpdateMapRunRequest = z.infer<typeof updateMapRunRequest>;

/** What can be done with the Map Runs of distributed Map states. */
export interface MapRunOperations {
  describeMapRun(request: DescribeMapRunRequest): Promise<DescribeMapRunResponse>;
  listMapRuns(request: ListMapRunsRequest): Promise<ListMapRunsResponse>;
  updateMapRun(request: UpdateMapRunRequest): Promise<void>;
}
