import * as z from 'zod';
import * as fields from './fields.ts';
import { encryptionConfiguration } from './state-machine-operations.ts';

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateActivity.html */
export const createActivityRequest = z.object({
  name: fields.name,
  tags: z.array(fields.tag).default([]),
  encryptionConfiguration: encryptionConfiguration.optional(),
});
export type CreateActivityRequest = z.infer<typeof createActivityRequest>;

export interface CreateActivityResponse {
  readonly activityArn: string;
  readonly creationDate: Date;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeActivity.html */
export const describeActivityRequest = z.object({ activityArn: fields.arn });
export type DescribeActivityRequest = z.infer<typeof describeActivityRequest>;

export interface DescribeActivityResponse extends CreateActivityResponse {
  readonly name: string;
  readonly encryptionConfiguration?: z.infer<typeof encryptionConfiguration>;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteActivity.html */
export const deleteActivityRequest = z.object({ activityArn: fields.arn });
export type DeleteActivityRequest = z.infer<typeof deleteActivityRequest>;

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListActivities.html */
export const listActivitiesRequest = z.object(fields.paging);
export type ListActivitiesRequest = z.infer<typeof listActivitiesRequest>;

export interface ListActivitiesResponse extends fields.Page {
  readonly activities: readonly (CreateActivityResponse & { readonly name: string })[];
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetActivityTask.html */
export const getActivityTaskRequest = z.object({ activityArn: fields.arn, workerName: fields.name.optional() });
export type GetActivityTaskRequest = z.infer<typeof getActivityTaskRequest>;

/** Empty when no task came up within the minute that the service waits for one. */
export interface GetActivityTaskResponse {
  readonly taskToken?: string;
  readonly input?: string;
}

/** What can be done with activities: kinds of work that workers elsewhere fetch and do. */
export interface ActivityOperations {
  createActivity(request: CreateActivityRequest): Promise<CreateActivityResponse>;
  describeActivity(request: DescribeActivityRequest): Promise<DescribeActivityResponse>;
  deleteActivity(request: DeleteActivityRequest): Promise<void>;
  listActivities(request: ListActivitiesRequest): Promise<ListActivitiesResponse>;
  /** @param signal aborts when the worker has hung up: a task must not be handed to nobody */
  getActivityTask(request: GetActivityTaskRequest, signal: AbortSignal): Promise<GetActivityTaskResponse>;
}
