import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runToEnd, runWhole } from './run.ts';
import type { Scenario, Subject } from './scenario.ts';
import { complaintsAfter, complaintsBetween, readState, type StoreState } from './store-state.ts';

/** A program that publishes artifacts into `.flow/store` of its folder, as it is started for older and newer data. */
export interface Publishing {
  readonly old: readonly string[];
  readonly new: readonly string[];
}

/** Kills a program that publishes: on an empty store, and on one that holds an older version of everything. */
export function publishing(program: Publishing): Subject {
  return async (root) => {
    const [first, old, grown] = ['first', 'old', 'grown'].map((name) => join(root, name));
    if (!first || !old || !grown) throw new Error('three names make three folders');
    const { durationMs: firstMs } = await runWhole(first, program.new);
    await runWhole(old, program.old);
    await cp(old, grown, { recursive: true });
    const { durationMs: grownMs } = await runWhole(grown, program.new);
    const [newState, oldState] = [await readState(first), await readState(old)];
    return [
      scenario(program, { before: new Map(), after: newState, durationMs: firstMs }),
      scenario(program, { template: old, before: oldState, after: newState, durationMs: grownMs }),
    ];
  };
}

interface Change {
  /** The folder that a run starts from; none for a first run. */
  readonly template?: string;
  readonly before: StoreState;
  readonly after: StoreState;
  readonly durationMs: number;
}

function scenario(program: Publishing, { template, before, after, durationMs }: Change): Scenario {
  return {
    name: template === undefined ? 'first run' : 'run over an older version',
    durationMs,
    countsFrom: 'start',
    command: program.new,
    async prepare(folder) {
      if (template === undefined) await mkdir(folder);
      else await cp(template, folder, { recursive: true });
    },
    async complaintsAbout(folder) {
      const complaints = await complaintsBetween(folder, before, after);
      const { exitCode, output } = await runToEnd(folder, program.new);
      if (exitCode !== 0) return [...complaints, `running again ended with exit code ${exitCode}:\n${output}`];
      return [...complaints, ...(await complaintsAfter(folder, after))];
    },
  };
}
