import { describe, expect, it } from 'vitest';
import type { Execution } from '../../../lib/execution/execution.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { memoryStore } from '../../support/memory-store.ts';
import { fakeExecutions } from '../fake-executions.ts';
import { fakeCommandLine } from '../fake-world.ts';

/** A world with one old result, one rejected file of the same age, and executions of every age. */
async function anOldWorld() {
  const clock = fakeClock({ startsAt: '2026-11-01T00:00:00.000Z' });
  const artifacts = memoryStore(clock);
  await artifacts.write('results/verra-data/2026/11/01/old/Fetch/1.json', '{"old":true}');
  await artifacts.write('rejected/verra_data_v2/20261101T000000Z-old/reasons.json', '{}');
  await artifacts.write('artifacts/verra_data_v2/latest.json', '{}');
  await clock.advance(10 * 86_400_000);
  await artifacts.write('results/verra-data/2026/11/11/new/Fetch/1.json', '{"new":true}');
  const flowName = 'verra-data';
  const executions = fakeExecutions(clock, {
    past: [
      { execution: { name: 'old', flowName, stopDate: '2026-11-01T01:00:00.000Z' } },
      { execution: { name: 'new', flowName, stopDate: '2026-11-10T01:00:00.000Z' } },
      { execution: { name: 'still-running', flowName, status: 'RUNNING', startDate: '2026-11-01T00:00:00.000Z' } },
    ],
  });
  const forgotten: string[] = [];
  const forgetExecution = async ({ name }: Execution) => void forgotten.push(name);
  const keys = async () => (await Array.fromAsync(artifacts.list(''))).map(({ key }) => key);
  return { forgotten, keys, ...fakeCommandLine({ artifacts, executions, clock, forgetExecution }) };
}

describe('flow clean', () => {
  it('removes results past their days and the executions they belonged to, and nothing else', async () => {
    const { flow, forgotten, keys } = await anOldWorld();

    const { stdout } = await flow('clean');

    expect(stdout).toMatchInlineSnapshot(`
      "removed:
        1 object (12 B) of results/ in memory://
        0 objects (0 B) of rejected/ in memory://
        1 execution that ended more than 7 days ago
      "
    `);
    expect(forgotten).toEqual(['old']);
    expect(await keys()).toEqual([
      'artifacts/verra_data_v2/latest.json',
      'rejected/verra_data_v2/20261101T000000Z-old/reasons.json',
      'results/verra-data/2026/11/11/new/Fetch/1.json',
    ]);
  });

  it('only says what it would remove with --dry-run', async () => {
    const { flow, forgotten, keys } = await anOldWorld();
    const before = await keys();

    const { stdout } = await flow('clean', '--dry-run', '--json');

    expect(JSON.parse(stdout)).toMatchObject({
      dryRun: true,
      expired: [
        { prefix: 'results/', objects: 1, bytes: 12 },
        { prefix: 'rejected/', objects: 0, bytes: 0 },
      ],
      executions: [{ execution: 'old' }],
    });
    expect(forgotten).toEqual([]);
    expect(await keys()).toEqual(before);
  });

  it('leaves environments on AWS to the rules of their bucket', async () => {
    const { stderr, exitCode } = await fakeCommandLine().flow('clean', '--env', 'dev');

    expect({ stderr, exitCode }).toEqual({
      stderr: "flow: 'dev' is cleaned by the lifecycle rules of its bucket, not from here\n",
      exitCode: 2,
    });
  });
});
