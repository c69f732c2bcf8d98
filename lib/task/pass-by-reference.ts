import { resultKey } from '../artifact/result-key.ts';
import { resolveReferences, storeResult } from '../artifact/result-reference.ts';
import { environmentNamed } from '../environment.ts';
import type { Json } from '../json.ts';
import type { Station } from './call.ts';

/** Largest output that travels in the state's payload itself; the service stops at 262,144 bytes for all of it. */
const largestInlineBytes = 32 * 1024;

/** Puts large outputs into the store and lets references travel in their place; the task sees neither. */
export function passByReference(): Station {
  return {
    before: async ({ event: call }) => {
      call.input = await resolveReferences(call.context, call.input as Json); // as it came from JSON
    },
    after: async (request) => {
      const { context } = request.event;
      const output = request.response as Json; // parsed by the task's schema, made to go into JSON
      if (Buffer.byteLength(JSON.stringify(output) ?? '') <= largestInlineBytes) return;
      const { resultRetentionDays } = environmentNamed(context.environment);
      request.response = await storeResult(context, output, {
        keyFor: (extension) => resultKey(context, extension),
        retentionDays: resultRetentionDays,
      });
    },
  };
}
