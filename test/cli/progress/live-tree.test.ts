import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { executionTreeBuilder } from '../../../lib/cli/progress/build-tree.ts';
import { drawWhile } from '../../../lib/cli/progress/live-tree.ts';
import type { OutputStream } from '../../../lib/cli/terminal.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { aHistory, aTask, type Step } from '../a-history.ts';

const startsAt = '2026-11-20T06:33:00.000Z';

function aScreen(rows: number, colorDepth = 1) {
  const stream: OutputStream & PassThrough = new PassThrough();
  Object.assign(stream, { isTTY: true, columns: 40, rows, getColorDepth: () => colorDepth });
  const clock = fakeClock({ startsAt });
  const frames = () => (stream.read()?.toString('utf8') ?? '').split('\u001b[J').slice(1);
  return { screen: { stream, clock }, clock, frames };
}

function aTree(steps: readonly Step[]) {
  const { tree, apply } = executionTreeBuilder({ arn: 'arn', name: 'build-1', flowName: 'build-verra' });
  for (const event of aHistory(startsAt, steps)) apply(event);
  return tree;
}

const both: Step[] = [
  { type: 'ParallelStateEntered', details: { name: 'Both' } },
  { type: 'ParallelStateStarted' },
  ...aTask('Left'),
  { type: 'ParallelStateSucceeded' },
  { type: 'ParallelStateExited', details: { name: 'Both' } },
];
const running: Step[] = [...both, { type: 'TaskStateEntered', details: { name: 'Fetch' } }];

describe('drawing while something runs', () => {
  it('draws the states as they are now, in place, until it is over', async () => {
    const { screen, clock, frames } = aScreen(24);
    const over = Promise.withResolvers<string>();
    const drawn = drawWhile(over.promise, () => ({ tree: aTree(running) }), screen);
    await clock.advance(1_000);

    over.resolve('result');

    expect(await drawn).toBe('result');
    const [first = '', second = ''] = frames();
    expect(first.replaceAll(/[\u2800-\u28ff]/g, '*')).toMatchInlineSnapshot(`
      "✔ Both      0.10 s
        ✔ Left    0.10 s
      * Fetch     0.00 s
      [3A
      "
    `);
    expect(second).toContain('Fetch');
    expect(second.indexOf('\u001b[3A')).toBeGreaterThan(0);
  });

  it('folds what has ended well when the terminal is too low', async () => {
    const { screen, frames } = aScreen(5);
    const over = Promise.withResolvers<void>();
    const drawn = drawWhile(over.promise, () => ({ tree: aTree(running) }), screen);
    over.resolve();
    await drawn;

    const [first = ''] = frames();
    expect(first).toContain('Both');
    expect(first).not.toContain('Left');
  });

  it('shows a notice below the tree', async () => {
    const { screen, frames } = aScreen(24);
    const over = Promise.withResolvers<void>();
    const drawn = drawWhile(over.promise, () => ({ tree: aTree(running), notice: 'stopping' }), screen);
    over.resolve();
    await drawn;

    const all = frames();
    expect(all[0]).toMatch(/\nstopping\n/);
    expect(all.at(-1)).not.toContain('stopping');
  });

  it('hands a failure on', async () => {
    const { screen } = aScreen(24);
    const failure = new Error('lost the connection');

    const drawn = drawWhile(Promise.reject(failure), () => ({ tree: aTree(running) }), screen);

    await expect(drawn).rejects.toBe(failure);
  });
});

it('colours for terminals that show colours only', async () => {
  const drawOn = async (colorDepth: number) => {
    const { screen, frames } = aScreen(24, colorDepth);
    await drawWhile(Promise.resolve(), () => ({ tree: aTree(both) }), screen);
    return frames().at(-1) ?? '';
  };

  expect(await drawOn(8)).toContain('\u001b[32m');
  expect(await drawOn(1)).not.toContain('\u001b[32m');
});
