import type { Json } from '../../json.ts';

/**
 * What a path led to. `reason` is the service's own sentence when it led nowhere; a `value` of undefined is an element
 * past the end of an array, which the service reads as null in some fields and as missing in others.
 */
export type Reading =
  | { readonly found: true; readonly value: Json | undefined }
  | { readonly found: false; readonly reason: string };
