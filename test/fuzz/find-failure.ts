import fc from 'fast-check';
import { type Case, complaintsAboutMutated, complaintsAboutValid, mutatedMachine, validMachine } from './verdicts.ts';

/** What is tried, and what may be wrong with it. */
export interface Subject {
  readonly name: string;
  readonly cases: fc.Arbitrary<Case>;
  readonly complaintsAbout: (tried: Case) => Promise<string[]>;
}

export const subjects = {
  machines: { name: 'machine', cases: validMachine, complaintsAbout: complaintsAboutValid },
  mutations: { name: 'mutation', cases: mutatedMachine, complaintsAbout: complaintsAboutMutated },
} as const satisfies Record<string, Subject>;

/**
 * Tries so many cases, and tells of the first that fails, made as small as it can be.
 *
 * A promise that nobody handles counts as a failure of the case during which it was noticed.
 */
export async function findFailure(subject: Subject, run: { count: number; seed: number }): Promise<string | undefined> {
  const unhandled: unknown[] = [];
  const notice = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', notice);
  const property = fc.asyncProperty(subject.cases, async (tried) => {
    const complaints = await subject.complaintsAbout(tried);
    complaints.push(...unhandled.splice(0).map((reason) => `unhandled: ${told(reason)}`));
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
  });
  const details = await fc.check(property, { numRuns: run.count, seed: run.seed });
  process.off('unhandledRejection', notice);
  if (!details.failed) return undefined;
  const [shrunk] = details.counterexample ?? [];
  return [
    `${subject.name} (seed ${details.seed}, path ${details.counterexamplePath}): ${told(details.errorInstance)}`,
    `  definition: ${abridged(shrunk?.text ?? '')}`,
    `  input: ${JSON.stringify(shrunk?.input)}`,
    ...(shrunk?.keptPercent === undefined ? [] : [`  redriven after ${shrunk.keptPercent} % of its history`]),
  ].join('\n');
}

function told(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function abridged(text: string): string {
  if (text.length <= 4_000) return text;
  return `${text.slice(0, 2_000)} … ${text.length - 4_000} characters … ${text.slice(-2_000)}`;
}
