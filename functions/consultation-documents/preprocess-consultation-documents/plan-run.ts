import { resolveArtifact } from '../../../lib/artifact/catalog.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { consultationDocumentTexts } from '../consultation-document-texts.contract.ts';
import { consultationDocumentsLineage } from '../consultation-documents-lineage.contract.ts';
import { consultationDocumentsPreprocessed } from '../consultation-documents-preprocessed.contract.ts';
import { consultationDocumentsQuarantine } from '../consultation-documents-quarantine.contract.ts';
import { preprocessConsultationDocumentsInput } from '../flow-inputs.contract.ts';
import { runPlan } from './run-plan.ts';

/** Fills in what the input leaves out, and pins the versions of the last run. */
export const planRun = defineTask(
  { input: preprocessConsultationDocumentsInput, output: runPlan },
  async (input, { artifacts }) => {
    const latest = async ({ name }: { name: string }) => (await resolveArtifact(artifacts, name)) ?? null;
    return {
      compat: input.compat ?? false,
      bootstrap: input.bootstrap ?? true,
      retryFailed: input.retryFailed ?? false,
      concurrency: input.concurrency ?? 4,
      toleratedFailurePercentage: input.toleratedFailurePercentage ?? 5,
      filesPerBatch: input.filesPerBatch ?? 50,
      accept: input.accept,
      previous: {
        preprocessed: await latest(consultationDocumentsPreprocessed),
        texts: await latest(consultationDocumentTexts),
        quarantine: await latest(consultationDocumentsQuarantine),
        lineage: await latest(consultationDocumentsLineage),
      },
    };
  },
);

export const handler = lambdaHandler(planRun);
