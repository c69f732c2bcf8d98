import { join } from 'node:path';
import * as z from 'zod';
import { type Publication, publicationSchema, publishArtifact } from '../../../lib/artifact/publish.ts';
import type { ArtifactContract } from '../../../lib/contract.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { consultationDocumentsLineage } from '../consultation-documents-lineage.contract.ts';
import { consultationDocumentsPreprocessed } from '../consultation-documents-preprocessed.contract.ts';
import { consultationDocumentsQuarantine } from '../consultation-documents-quarantine.contract.ts';
import { assembledDataset } from './assembled-dataset.ts';
import { runPlan } from './run-plan.ts';

/** Publishes the dataset and, because its readers are told last, its lineage and the quarantine before it. */
export const publishDocuments = defineTask(
  {
    input: z.object({ run: runPlan, assembled: assembledDataset }),
    output: z.object({ publications: z.array(publicationSchema) }),
  },
  async ({ run, assembled }, context) => {
    const publish = async (contract: ArtifactContract, { key }: { key: string }): Promise<Publication> =>
      await publishArtifact(context, contract, {
        dataFile: await download(key, contract.name, context),
        inputs: assembled.inputs,
        notes: assembled.notes,
        ...(run.accept && { accept: run.accept }),
      });
    return {
      publications: [
        await publish(consultationDocumentsQuarantine, assembled.quarantine),
        await publish(consultationDocumentsLineage, assembled.lineage),
        await publish(consultationDocumentsPreprocessed, assembled.dataset),
      ],
    };
  },
);

export const handler = lambdaHandler(publishDocuments);

async function download(key: string, name: string, { artifacts, workFolder }: TaskContext): Promise<string> {
  const file = join(workFolder, `${name}.parquet`);
  await artifacts.download(key, file);
  return file;
}
