import type { ConformanceCase } from './case.ts';

/** Asks `TestState` what the service was asked. */
export function testStateProblems(_recorded: ConformanceCase): string[] {
  return ['TestState is not there yet'];
}
