import { expect, test } from 'vitest';
import type { LimitFinding } from '../../../lib/execution/limits/finding.ts';
import { nestingLimits } from '../../../lib/execution/limits/nesting-limits.ts';
import { aFlow } from '../../cli/fake-world.ts';

/** Flows by name, each with the `${…FlowArn}` of those it starts. */
function flowsOf(starts: Record<string, readonly string[]>) {
  return Object.entries(starts).map(([name, others]) =>
    aFlow({ name }, others.map((other) => `\${${other}FlowArn}`).join()),
  );
}

test.each<{ name: string; starts: Record<string, readonly string[]>; findings: readonly LimitFinding[] }>([
  { name: 'a flow that starts none', starts: { a: [] }, findings: [] },
  { name: 'a flow that starts others', starts: { a: ['B', 'C'], b: [], c: [] }, findings: [] },
  {
    name: 'flows in a chain',
    starts: { a: ['C', 'B'], b: ['C'], c: ['D'], d: [] },
    findings: [{ severity: 'note', message: 'executions nest 4 deep: a → b → c → d' }],
  },
  {
    name: 'flows in a circle',
    starts: { a: ['B'], b: ['C'], c: ['A'] },
    findings: [
      {
        severity: 'warning',
        message: 'starts itself again (a → b → c → a): nothing in the definitions bounds how deep its executions nest',
      },
    ],
  },
  { name: 'a flow that leads into a circle', starts: { a: ['B'], b: ['B'] }, findings: [] },
])('$name', ({ starts, findings }) => {
  const flows = flowsOf(starts);
  const [first] = flows;

  expect(first && nestingLimits(first, flows)).toEqual(findings);
});
