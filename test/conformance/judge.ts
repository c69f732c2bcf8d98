import type { ConformanceCase } from './case.ts';
import { createProblems, validateProblems, variableProblems } from './run-definition-case.ts';
import { type ExecutionVerdict, judgeExecution } from './run-execution-case.ts';
import { testStateProblems } from './run-test-state-case.ts';

/** How one case went; no problems means that the engine answers as the service did. */
export interface Verdict extends ExecutionVerdict {
  readonly id: string;
  readonly group: string;
  /** Whether the recording is confirmed to come from the service. */
  readonly awsValidated: boolean;
}

/** Asks the engine what the service was asked, and compares the answers; an exception is a problem like any other. */
export async function judge(recorded: ConformanceCase): Promise<Verdict> {
  const { id, group, awsValidated } = recorded;
  try {
    return { id, group, awsValidated, ...(await compare(recorded)) };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error);
    return { id, group, awsValidated, problems: [`threw ${text}`] };
  }
}

async function compare(recorded: ConformanceCase): Promise<ExecutionVerdict> {
  switch (recorded.kind) {
    case 'execution':
      return judgeExecution(recorded);
    case 'create':
      return { problems: createProblems(recorded) };
    case 'validate':
      return { problems: validateProblems(recorded) };
    case 'testState':
      return { problems: await testStateProblems(recorded) };
    case 'variableReferences':
      return { problems: variableProblems(recorded) };
  }
}
