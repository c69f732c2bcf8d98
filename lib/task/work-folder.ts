import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Station } from './call.ts';

/**
 * Makes an empty folder for the call and removes it when the call has ended, well or not.
 *
 * It tries again when the folder fills while it is emptied: work that was stopped may still be closing its files.
 */
export function workFolder(tempFolder: string): Station {
  const remove = async ({ event: call }: { event: { workFolder: string } }) => {
    if (call.workFolder !== '') await rm(call.workFolder, { recursive: true, force: true, maxRetries: 5 });
  };
  return {
    before: async ({ event: call }) => {
      call.workFolder = await mkdtemp(join(tempFolder, 'task-'));
    },
    after: remove,
    onError: remove,
  };
}
