import type { ConformanceCase } from './case.ts';
import { createProblems, validateProblems, variableProblems } from './run-definition-case.ts';
import { executionProblems } from './run-execution-case.ts';
import { testStateProblems } from './run-test-state-case.ts';

/** How one case went; no problems means that the engine answers as the service did. */
export interface Verdict {
  readonly id: string;
  readonly group: string;
  /** Whether the recording is confirmed to come from the service. */
  readonly awsValidated: boolean;
  readonly problems: readonly string[];
}

const runners: Readonly<Record<ConformanceCase['kind'], (recorded: ConformanceCase) => string[] | Promise<string[]>>> =
  {
    execution: executionProblems,
    create: createProblems,
    validate: validateProblems,
    testState: testStateProblems,
    variableReferences: variableProblems,
  };

/** Asks the engine what the service was asked, and compares the answers; an exception is a problem like any other. */
export async function judge(recorded: ConformanceCase): Promise<Verdict> {
  const { id, group, awsValidated } = recorded;
  return { id, group, awsValidated, problems: await problemsOf(recorded) };
}

async function problemsOf(recorded: ConformanceCase): Promise<readonly string[]> {
  try {
    return await runners[recorded.kind](recorded);
  } catch (error) {
    return [`threw ${error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error)}`];
  }
}
