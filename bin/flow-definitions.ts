import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FlowDefinition } from '../lib/flow/check-flow.ts';
import { aslPath } from '../lib/flow/task-path.ts';
import * as flows from '../state-machines/index.ts';

/** Every flow of the project with the text of its state machine, by name. */
export async function flowDefinitions(projectFolder: string): Promise<FlowDefinition[]> {
  const definitions = await Promise.all(
    Object.values(flows).map(async (flow) => ({
      flow,
      aslText: await readFile(join(projectFolder, aslPath(flow)), 'utf8'),
    })),
  );
  return definitions.sort((a, b) => a.flow.name.localeCompare(b.flow.name));
}
