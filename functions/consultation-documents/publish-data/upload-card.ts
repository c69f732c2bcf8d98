import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { readManifest } from '../../../lib/artifact/manifest.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { attributeEmbeddings } from '../attribute-embeddings.contract.ts';
import { consultationDocumentsPreprocessed } from '../consultation-documents-preprocessed.contract.ts';
import { documentEmbeddings } from '../document-embeddings.contract.ts';
import { documentFeatures } from '../document-features.contract.ts';
import { type CardTable, datasetCard } from './dataset-card.ts';
import { openDatasetTarget } from './dataset-target.ts';
import { type PublishedFile, publishedFile } from './published-file.ts';

const output = z.object({ files: z.array(publishedFile), card: z.string() });
const contracts = [consultationDocumentsPreprocessed, documentFeatures, documentEmbeddings, attributeEmbeddings];

/** Writes the card that describes the files that were copied, beside them. */
export const uploadCard = defineTask(
  { input: z.object({ files: z.array(publishedFile).min(1) }), output },
  async ({ files }, context) => {
    const tables: CardTable[] = [];
    for (const contract of contracts) {
      const own = files.filter(({ table }) => table.name === contract.name);
      const version = own[0]?.table.version;
      if (version === undefined) continue;
      tables.push({ contract, manifest: await readManifest(context.artifacts, contract.name, version), files: own });
    }
    const path = join(context.workFolder, 'README.md');
    await writeFile(path, datasetCard(tables));
    const card = await (await openDatasetTarget(context)).put('README.md', path, 'text/markdown');
    context.log.info('published', { files: files.length, bytes: totalBytes(files), card });
    return { files, card };
  },
);

export const handler = lambdaHandler(uploadCard);

function totalBytes(files: readonly PublishedFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
