import type { Json } from '../../json.ts';
import { maxPayloadBytes, textOf } from '../payload.ts';

/** How many items go into one child execution. */
export interface BatchLimits {
  readonly maxItems?: number;
  readonly maxBytes?: number;
  /** Goes with every batch. */
  readonly batchInput?: Json;
}

/** Puts items together: as many as the limits allow into each `{ BatchInput, Items }`. */
export async function* inBatches(items: AsyncIterable<Json>, limits: BatchLimits): AsyncGenerator<Json> {
  const { maxItems = Number.POSITIVE_INFINITY, batchInput } = limits;
  const maxBytes = Math.min(limits.maxBytes ?? maxPayloadBytes, maxPayloadBytes);
  const frameBytes = Buffer.byteLength(textOf(batchOf([], batchInput)));
  let batch: Json[] = [];
  let sizeBytes = frameBytes;
  for await (const item of items) {
    const itemBytes = Buffer.byteLength(textOf(item)) + 1;
    if (batch.length > 0 && (batch.length >= maxItems || sizeBytes + itemBytes > maxBytes)) {
      yield batchOf(batch, batchInput);
      batch = [];
      sizeBytes = frameBytes;
    }
    batch.push(item);
    sizeBytes += itemBytes;
  }
  if (batch.length > 0) yield batchOf(batch, batchInput);
}

function batchOf(items: readonly Json[], batchInput: Json | undefined): Json {
  return { ...(batchInput !== undefined && { BatchInput: batchInput }), Items: items };
}
