import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../lib/errors.ts';
import { fakeCommandLine } from '../cli/fake-world.ts';
import { executionName, type MapMode, mapExecutions, mapFlow } from './map-flow.ts';
import { complaintsAboutItems, readMapState } from './map-state.ts';
import { runAndKill, runToEnd, runWhole } from './run.ts';
import type { Scenario, Subject } from './scenario.ts';

/** Kills an execution of a Map of 500 items: the first run of it, and the redrive of one that was killed before. */
export function mapExecution(mode: MapMode): Subject {
  return async (root) => {
    const command = ['test/crash/map-program.ts', mode];
    const { afterOutputMs, output } = await runWhole(join(root, 'undisturbed'), command);
    const killed = join(root, 'killed');
    await mkdir(killed);
    await runAndKill(killed, command, { afterMs: afterOutputMs / 3, from: 'first output' });
    const redriven = join(root, 'redriven');
    await cp(killed, redriven, { recursive: true });
    const redrive = await runWhole(redriven, command);
    if (redrive.output !== output) throw new Error(`a redrive gave ${redrive.output} instead of ${output}`);
    const name = `${mode.toLowerCase()} Map of 500 items`;
    return [
      scenario({ name, mode, command, durationMs: afterOutputMs, output }),
      scenario({
        name: `${name}, redriven`,
        mode,
        command,
        durationMs: redrive.afterOutputMs,
        output,
        template: killed,
      }),
    ];
  };
}

interface MapRun extends Pick<Scenario, 'name' | 'durationMs' | 'command'> {
  readonly mode: MapMode;
  /** What an undisturbed run prints. */
  readonly output: string;
  /** The folder that a run starts from; none for a first run. */
  readonly template?: string;
}

function scenario({ name, mode, command, durationMs, output, template }: MapRun): Scenario {
  return {
    name,
    durationMs,
    countsFrom: 'first output',
    command,
    async prepare(folder) {
      if (template === undefined) await mkdir(folder);
      else await cp(template, folder, { recursive: true });
    },
    async complaintsAbout(folder) {
      const shown = await complaintsAboutShow(folder, mode);
      const before = await readMapState(folder, mode);
      const redrive = await runToEnd(folder, command);
      const after = await readMapState(folder, mode);
      const same = redrive.output === output ? [] : [`the redrive gave ${redrive.output} instead of ${output}`];
      return [...before.complaints, ...shown, ...same, ...after.complaints, ...complaintsAboutItems(before, after)];
    },
  };
}

/** `flow show` must tell that the process is gone, and how to go on. */
async function complaintsAboutShow(folder: string, mode: MapMode): Promise<string[]> {
  const executions = mapExecutions(folder, mode);
  const status = await executions.describe(executionName).then(
    (execution) => execution.status,
    (error: unknown) => {
      if (error instanceof UsageError) return undefined; // killed before it was recorded
      throw error;
    },
  );
  if (status === undefined || status === 'SUCCEEDED') return [];
  const { stdout } = await fakeCommandLine({ flows: [mapFlow(mode)], executions }).flow('show', executionName);
  const missing = ['ABORTED', 'Engine.ProcessLost', `flow redrive ${executionName}`].filter(
    (words) => !stdout.includes(words),
  );
  return missing.map((words) => `flow show does not say '${words}':\n${stdout}`);
}
