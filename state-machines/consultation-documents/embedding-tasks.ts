import { consultationDocumentsPreprocessed } from '../../functions/consultation-documents/consultation-documents-preprocessed.contract.ts';
import type { ArtifactContract } from '../../lib/contract.ts';
import type { TaskManifest } from '../../lib/flow/flow.ts';
import { reportTasks } from './report-tasks.ts';

/** The tasks of a flow that makes a table of vectors. */
export function embeddingTasks({ name }: ArtifactContract): Record<string, TaskManifest> {
  const reads = [consultationDocumentsPreprocessed.name, name];
  return {
    PlanTexts: { timeoutSeconds: 840, memoryMiB: 3_008, storageMiB: 8_192, reads, settings: ['EMBEDDINGS_MODEL'] },
    EmbedTexts: {
      timeoutSeconds: 270,
      memoryMiB: 1_024,
      calls: ['EMBEDDINGS_API_URL'],
      settings: ['EMBEDDINGS_MODEL'],
      secrets: ['OPENAI_API_KEY'],
    },
    PublishEmbeddings: { timeoutSeconds: 840, memoryMiB: 3_008, storageMiB: 10_240, reads, writes: [name] },
    ...reportTasks,
  };
}
