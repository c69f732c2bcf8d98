import * as z from 'zod';
import { serviceLimits } from '../../asl/limits.ts';

/*
 * Members that several requests have, with the bounds that the service puts on them. What they say beyond that (whether
 * an ARN is one, whether a text is JSON) is looked at by the operation, because its exceptions have their own names.
 */

export const arn = z.string().min(1).max(256);

export const name = z.string().min(1).max(80);

/** JSON text with no more characters than a payload may have bytes; the operation counts the bytes. */
export const payloadText = z.string().max(serviceLimits.payloadBytes);

export const definitionText = z.string().min(1).max(serviceLimits.definitionBytes);

export const stateMachineType = z.enum(['STANDARD', 'EXPRESS']);

/** `METADATA_ONLY` leaves out what the parties to an execution wrote: definition, input, output. */
export const includedData = z.enum(['ALL_DATA', 'METADATA_ONLY']).default('ALL_DATA');

export const errorName = z.string().max(256);

export const errorCause = z.string().max(32_768);

export const taskToken = z.string().min(1).max(2_048);

/** Which part of a list is asked for; 0 results stands for the default. */
export const paging = {
  maxResults: z.int().min(0).max(1_000).default(0),
  nextToken: z.string().min(1).max(1_024).optional(),
};

export const tag = z.object({ key: z.string().max(128).optional(), value: z.string().max(256).optional() });

/** What goes with an answer that is one part of a list. */
export interface Page {
  /** Gives the next part; absent in the last. */
  readonly nextToken?: string;
}
