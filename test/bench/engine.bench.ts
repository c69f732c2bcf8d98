import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { StateMachine } from 'aws-local-stepfunctions';
import * as z from 'zod';
import { systemClock } from '../../lib/clock.ts';
import { LocalExecutions } from '../../lib/engine/local-executions.ts';
import { defineFlow } from '../../lib/flow/flow.ts';
import type { Json } from '../../lib/json.ts';
import type { Bench, Figure } from './bench.ts';
import {
  double,
  loopInJsonata,
  loopInJsonPath,
  loopStateCount,
  mapWithFunction,
  threeStates,
} from './engine/machines.ts';
import { runnerInMemory } from './engine/run-in-memory.ts';

const peer = 'aws-local-stepfunctions 3.0.0';

export const engineBenches: Bench[] = [
  { name: 'engine, loop of 1,000 turns', run: measureLoops },
  { name: 'engine, inline Map of 1,000 items', run: measureMap },
  { name: 'engine, machine of 3 states', run: measureThreeStates },
  { name: 'engine, every event on disk', run: measureDurable },
  { name: 'engine, distributed Map of 100,000 items', run: measureDistributedMap },
];

async function measureLoops(): Promise<Figure[]> {
  const [inJsonPath, inJsonata] = [runnerInMemory(loopInJsonPath), runnerInMemory(loopInJsonata)];
  const peerLoop = peerRunner(loopInJsonPath);
  const perSecond = async (run: () => Promise<unknown>) => loopStateCount / (await bestSeconds(run, 15));
  const ours = await perSecond(() => inJsonPath({ count: 0 }));
  const theirs = await perSecond(() => peerLoop({ count: 0 }));
  const unit = 'states/s';
  return [
    { name: 'loop in JSONPath, full history in memory', value: ours, unit, peer, ratio: ours / theirs },
    { name: 'loop in JSONata, full history in memory', value: await perSecond(() => inJsonata({ count: 0 })), unit },
  ];
}

async function measureMap(): Promise<Figure[]> {
  const items = Array.from({ length: 1_000 }, (_, n) => ({ n }));
  const run = runnerInMemory(mapWithFunction);
  const peerMap = peerRunner(mapWithFunction);
  const ours = await bestSeconds(() => run(items), 15);
  const theirs = await bestSeconds(() => peerMap(items), 15);
  const value = ours * 1_000;
  return [{ name: 'inline Map: Pass and function per item', value, unit: 'ms', peer, ratio: ours / theirs }];
}

async function measureThreeStates(): Promise<Figure[]> {
  const run = runnerInMemory(threeStates);
  const peerMachine = peerRunner(threeStates);
  const times = 200;
  const repeated = async (once: () => Promise<unknown>) => {
    for (let time = 0; time < times; time += 1) await once();
  };
  const ours = (await bestSeconds(() => repeated(() => run({})), 10)) / times;
  const theirs = (await bestSeconds(() => repeated(() => peerMachine({})), 10)) / times;
  const value = ours * 1_000;
  return [{ name: 'machine of 3 states, start to finish', value, unit: 'ms', peer, ratio: ours / theirs }];
}

/** Through `LocalExecutions`, as `flow run` does it: history appended and synced, record written. */
async function measureDurable(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'engine-bench-'));
  const flow = defineFlow({ name: 'loop', description: 'a loop', group: 'bench', input: z.json() });
  const executions = new LocalExecutions({
    folder,
    clock: systemClock,
    flows: [{ flow, aslText: JSON.stringify(loopInJsonPath) }],
    invokeTask: async () => null,
    events: { emit: async () => undefined },
  });
  const run = async () => {
    const { name } = await executions.start(flow, { count: 0 });
    for await (const _ of executions.history(name, { follow: true }));
  };
  try {
    const value = loopStateCount / (await bestSeconds(run, 10));
    return [{ name: 'loop in JSONPath, every event appended and synced', value, unit: 'states/s' }];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measureDistributedMap(): Promise<Figure[]> {
  const script = fileURLToPath(import.meta.resolve('./engine/distributed-map.ts'));
  const measure = async (itemCount: number): Promise<{ seconds: number; peakMiB: number }> =>
    JSON.parse((await promisify(execFile)(process.execPath, [script, String(itemCount)])).stdout);
  const some = await measure(100_000);
  const more = await measure(200_000);
  const what = 'distributed Map, 100,000 items, concurrency 1,000';
  return [
    { name: `${what}: time`, value: some.seconds, unit: 's' },
    { name: `${what}: peak memory of the process`, value: some.peakMiB, unit: 'MiB' },
    { name: 'the same with 200,000 items: peak memory', value: more.peakMiB, unit: 'MiB' },
  ];
}

function peerRunner(definition: object): (input: Json) => Promise<unknown> {
  // its types ask for literal state types, which an imported definition does not have
  const machine = new StateMachine(definition as ConstructorParameters<typeof StateMachine>[0]);
  // both are JSON values; the peer's type has mutable arrays
  type PeerInput = Parameters<StateMachine['run']>[0];
  const overrides = { taskResourceLocalHandlers: { Double: double as (input: PeerInput) => Promise<PeerInput> } };
  return (input) => machine.run(input as PeerInput, { overrides }).result;
}

async function bestSeconds(run: () => Promise<unknown>, times: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let time = 0; time < times; time += 1) {
    const startedAt = performance.now();
    await run();
    best = Math.min(best, performance.now() - startedAt);
  }
  return best / 1_000;
}
