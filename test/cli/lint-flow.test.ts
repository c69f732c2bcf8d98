import { expect, it } from 'vitest';
import { lintFlow } from '../../lib/cli/lint-flow.ts';
import { aFlow } from './fake-world.ts';

it('names the file and the innermost state', () => {
  const inner = { StartAt: 'Fetch', States: { Fetch: { Type: 'Pass', Next: 'Nowhere' } } };
  const each = { Type: 'Map', ItemProcessor: inner, End: true };

  const problems = lintFlow(aFlow({ name: 'prices' }, JSON.stringify({ StartAt: 'Each', States: { Each: each } })));

  expect(problems[0]).toMatchObject({
    severity: 'error',
    flowName: 'prices',
    file: 'state-machines/carbon-markets/prices.asl.json',
    state: 'Fetch',
  });
});

it('says in one line where text is no JSON', () => {
  const [problem] = lintFlow(aFlow({ name: 'prices' }, '{'));

  expect(problem).toMatchObject({ severity: 'error' });
  expect(problem?.message).not.toContain('\n');
  expect(problem).not.toHaveProperty('state');
});

it('has nothing to say about a machine that is right', () => {
  expect(lintFlow(aFlow({ name: 'prices' }))).toEqual([]);
});
