import * as z from 'zod';
import * as fields from './fields.ts';

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_TagResource.html */
export const tagResourceRequest = z.object({ resourceArn: fields.arn, tags: z.array(fields.tag) });
export type TagResourceRequest = z.infer<typeof tagResourceRequest>;

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_UntagResource.html */
export const untagResourceRequest = z.object({ resourceArn: fields.arn, tagKeys: z.array(z.string().max(128)) });
export type UntagResourceRequest = z.infer<typeof untagResourceRequest>;

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListTagsForResource.html */
export const listTagsForResourceRequest = z.object({ resourceArn: fields.arn });
export type ListTagsForResourceRequest = z.infer<typeof listTagsForResourceRequest>;

export interface ListTagsForResourceResponse {
  readonly tags: readonly z.infer<typeof fields.tag>[];
}

/** What can be done with the tags of state machines and activities. */
export interface TagOperations {
  tagResource(request: TagResourceRequest): Promise<void>;
  untagResource(request: UntagResourceRequest): Promise<void>;
  listTagsForResource(request: ListTagsForResourceRequest): Promise<ListTagsForResourceResponse>;
}
