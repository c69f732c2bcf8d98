import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../clock.ts';
import type { EventBus } from './event-bus.ts';

/**
 * A bus for a laptop: one JSON line per event, `{ time, source, detailType, detail }`, appended to a file.
 *
 * Each line is one write to a file opened for appending, so lines of several processes never mix.
 */
export function localBus(filePath: string, clock: Clock): EventBus {
  return {
    async emit({ source, detailType, detail }) {
      const time = new Date(clock.now()).toISOString();
      await mkdir(dirname(filePath), { recursive: true });
      await appendFile(filePath, `${JSON.stringify({ time, source, detailType, detail })}\n`, { flush: true });
    },
  };
}
