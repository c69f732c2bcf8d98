import type { Json } from '../../json.ts';
import { maxPayloadBytes, textOf } from '../payload.ts';
import { type ItemSource, sourceOfChunks } from './item-source.ts';

/** How many items go into one child execution. */
export interface BatchLimits {
  readonly maxItems?: number;
  readonly maxBytes?: number;
  /** Goes with every batch. */
  readonly batchInput?: Json;
}

/** Puts items together: as many as the limits allow into each `{ BatchInput, Items }`. */
export function inBatches(items: ItemSource, limits: BatchLimits): ItemSource {
  return sourceOfChunks(batches(items, limits));
}

async function* batches(items: ItemSource, limits: BatchLimits): AsyncGenerator<Json[]> {
  const { maxItems = Number.POSITIVE_INFINITY, batchInput } = limits;
  const maxBytes = Math.min(limits.maxBytes ?? maxPayloadBytes, maxPayloadBytes);
  const frameBytes = Buffer.byteLength(textOf(batchOf([], batchInput)));
  let batch: Json[] = [];
  let sizeBytes = frameBytes;
  for (let item = await items.next(); item !== undefined; item = await items.next()) {
    const itemBytes = Buffer.byteLength(textOf(item)) + 1;
    if (batch.length > 0 && (batch.length >= maxItems || sizeBytes + itemBytes > maxBytes)) {
      yield [batchOf(batch, batchInput)];
      batch = [];
      sizeBytes = frameBytes;
    }
    batch.push(item);
    sizeBytes += itemBytes;
  }
  if (batch.length > 0) yield [batchOf(batch, batchInput)];
}

function batchOf(items: readonly Json[], batchInput: Json | undefined): Json {
  return { ...(batchInput !== undefined && { BatchInput: batchInput }), Items: items };
}
