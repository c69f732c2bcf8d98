import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { InvalidDataError } from '../../../lib/errors.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import type { DocumentText } from '../consultation-document-texts.contract.ts';
import { openPlatformFiles, type PlatformFiles } from '../platform-files.ts';
import { type Extraction, noText } from '../text-extraction/extraction.ts';
import { fileTypes } from '../text-extraction/file-types.ts';
import { openTextExtractor, type TextExtractor } from '../text-extraction/text-extractor.ts';
import { extractionLimits } from './extraction-limits.ts';
import { batchKey, outcomesKey, type PlannedFile, plannedBatch } from './extraction-plan.ts';

/** After this no other file is begun: what was read so far shall be stored, however many files need all of their time. */
const longestReadingMs = 600_000;

/**
 * Reads the files of one batch and stores what came of each.
 *
 * No file fails the batch: one that hangs, is encrypted or is none at all is an outcome. Answers numbers only, because
 * the answers of all batches share one payload.
 */
export const extractBatch = defineTask(
  {
    input: z.object({ batchesKey: z.string(), batch: z.int().positive() }),
    output: z.object({ files: z.int(), texts: z.int() }),
  },
  async ({ batchesKey, batch }, context) => {
    const { bytes } = await context.artifacts.read(batchKey(batchesKey, batch));
    const { runId, files } = plannedBatch.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    const limits = await extractionLimits(context.settings);
    const platform = await openPlatformFiles(context);
    await using extractor = openTextExtractor(limits);
    const texts: DocumentText[] = [];
    const startedAtMs = context.clock.now();
    for (const [index, file] of files.entries()) {
      if (context.clock.now() - startedAtMs > longestReadingMs) {
        context.log.warn('the batch ran out of time; the next run reads the rest', { unread: files.length - index });
        break;
      }
      const extraction = await extract(file, { context, platform, extractor, maxBytes: limits.maxFileMiB * 2 ** 20 });
      if (extraction.content === null) context.log.warn('a file gave no text', { path: file.path, ...extraction });
      texts.push(...textsOf(file, extraction, runId));
    }
    const lines = texts.map((text) => `${JSON.stringify(text)}\n`).join('');
    await context.artifacts.write(outcomesKey(batchesKey, batch), lines);
    return { files: files.length, texts: texts.filter(({ content }) => content !== null).length };
  },
);

export const handler = lambdaHandler(extractBatch);

interface Reading {
  readonly context: TaskContext;
  readonly platform: PlatformFiles;
  readonly extractor: TextExtractor;
  readonly maxBytes: number;
}

async function extract(
  { path, mimeType }: PlannedFile,
  { context, platform, extractor, maxBytes }: Reading,
): Promise<Extraction> {
  const type = fileTypes.get(mimeType);
  if (!type) throw new InvalidDataError(`files of type '${mimeType}' cannot be read; the plan should not hold any`);
  const local = join(context.workFolder, 'file');
  const download = await platform.download(path, local, { maxBytes });
  if (download.kind !== 'saved') return noText(download.kind, download.detail, type.extractor);
  try {
    return await extractor.extract(local, type, context.signal);
  } finally {
    await rm(local, { force: true });
  }
}

/** The same outcome for each document that the file serves. */
function textsOf({ documentUuids, hash }: PlannedFile, extraction: Extraction, runId: string): DocumentText[] {
  const { nonEmptyPages, ...outcome } = extraction;
  return documentUuids.map((uuid) => ({
    document_uuid: uuid,
    stored_file_hash: hash,
    ...outcome,
    non_empty_pages: nonEmptyPages,
    run_id: runId,
  }));
}
