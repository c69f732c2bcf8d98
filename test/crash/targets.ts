import { mapExecution } from './map-execution.ts';
import { publishing } from './publishing.ts';
import type { Subject } from './scenario.ts';

/** What can be killed, by the name that `--of` takes. */
export const targets: Readonly<Record<string, Subject>> = {
  'build-verra': publishing({
    old: ['bin/flow.ts', 'run', 'build-verra', '--json', '--input', '{"toMonth":"2025-06"}'],
    new: ['bin/flow.ts', 'run', 'build-verra', '--json'],
  }),
  // 500 items on the engine, in one history or in an execution each
  map: mapExecution('INLINE'),
  'distributed-map': mapExecution('DISTRIBUTED'),
  // nothing but publishing: far more of its moments lie inside the protocol
  'publish-loop': publishing({
    old: ['test/crash/publish-loop.ts', '1'],
    new: ['test/crash/publish-loop.ts', '2'],
  }),
};

/** What is killed when `--of` is not given, in turn: half of the kills hit the engine, the other half a publish. */
export const usualTargets: readonly string[] = [
  'map',
  'publish-loop',
  'map',
  'build-verra',
  'distributed-map',
  'publish-loop',
];
