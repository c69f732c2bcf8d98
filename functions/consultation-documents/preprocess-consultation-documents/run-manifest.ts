import * as z from 'zod';
import { publicationSchema } from '../../../lib/artifact/publish.ts';
import { languageDetectors } from '../detect-language.ts';
import { fileTypes } from '../text-extraction/file-types.ts';
import { assembledDataset } from './assembled-dataset.ts';
import { extractionPlan } from './extraction-plan.ts';
import { type FetchedEndpoint, fetchedEndpoint } from './fetched-endpoint.ts';
import { runPlan } from './run-plan.ts';

/** Everything that the states before have answered. */
export const finishedRun = z.object({
  run: runPlan,
  metadata: fetchedEndpoint,
  contents: fetchedEndpoint,
  files: fetchedEndpoint,
  plan: extractionPlan,
  texts: publicationSchema,
  assembled: assembledDataset,
  publications: z.array(publicationSchema),
});

export type FinishedRun = z.infer<typeof finishedRun>;

/** Who ran. */
export interface RunIdentity {
  readonly executionName: string;
  readonly codeVersion: string;
}

/** From these shares on, of documents that fell out and of rows fewer than before, a run deserves a look. */
const suspiciousDropShare = 0.1;
const suspiciousFallShare = 0.02;

/**
 * What there is to know of a run, for whoever asks later.
 *
 * @see the specification of consultation-documents, sections 5.4 and 6
 */
export function runManifest(finished: FinishedRun, { executionName, codeVersion }: RunIdentity) {
  const { metadata, contents, files, plan, assembled } = finished;
  const answer = ({ records, bytes, sha256 }: FetchedEndpoint) => ({ records, bytes, sha256 });
  return {
    runId: executionName,
    codeVersion,
    compat: finished.run.compat,
    answers: { metadata: answer(metadata), contents: answer(contents), files: answer(files) },
    documents: assembled.documents,
    rows: assembled.dataset.rows,
    dropped: assembled.dropped,
    kinds: assembled.kinds,
    texts: assembled.texts,
    relabelledLanguages: assembled.relabelledLanguages,
    filesExtracted: plan.filesToExtract,
    knownTexts: plan.knownTexts,
    extractors: [...new Set([...fileTypes.values()].map(({ extractor }) => extractor))],
    languageDetectors,
    outputs: [finished.texts, ...finished.publications].map(({ artifact, status, version, rows, sha256, key }) => ({
      artifact,
      status,
      version,
      rows,
      sha256,
      key,
    })),
    warnings: warningsOn(finished),
  };
}

/** What an operator should look at although the run succeeded. */
function warningsOn({ run, assembled, plan }: FinishedRun): string[] {
  const dropped = Object.values(assembled.dropped).reduce((sum, count) => sum + count, 0);
  const before = run.previous.preprocessed?.rows;
  const { rows } = assembled.dataset;
  return [
    dropped > suspiciousDropShare * assembled.documents &&
      `${dropped} of ${assembled.documents} documents are not in the dataset`,
    before !== undefined &&
      rows < before * (1 - suspiciousFallShare) &&
      `the dataset has ${rows} rows, after ${before} in the last run`,
    plan.incompleteFiles > 0 && `${plan.incompleteFiles} stored files lack a field and count as absent`,
    ...assembled.notes,
  ].filter((warning) => typeof warning === 'string');
}
