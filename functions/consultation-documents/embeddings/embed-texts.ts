import * as z from 'zod';
import { defineTask, type Task } from '../../../lib/task/define-task.ts';
import { isBatchDone, readBatch, storeDone } from '../work-list.ts';
import { cutToTokens } from './cut-text.ts';
import type { EmbeddedTexts } from './embedded-texts.ts';
import { openAiEmbeddings } from './embedding-source.ts';

const textBatch = z.object({ folder: z.string(), batch: z.int().nonnegative() });
const textItem = z.looseObject({ text: z.string(), text_sha256: z.string() });

/** The task that embeds one batch, unless an earlier attempt has done so. */
export function embedTextsOf({ contract }: EmbeddedTexts): Task<typeof textBatch, z.ZodObject> {
  return defineTask({ input: textBatch, output: z.object({ texts: z.int() }) }, async ({ folder, batch }, context) => {
    const items = await readBatch(context, { folder, batch }, textItem);
    if (await isBatchDone(context, folder, batch)) return { texts: items.length };
    const source = await openAiEmbeddings(context);
    const vectors = await source.embed(items.map(({ text }) => cutToTokens(text)));
    const rows = items.map((item, index) => ({ ...item, embedding: vectors[index], embedding_model: source.model }));
    const names = contract.columns.map(({ name }) => name);
    await storeDone(
      context,
      { folder, batch, columns: contract.columns },
      rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)))),
    );
    return { texts: items.length };
  });
}
