import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { systemClock } from '../../lib/clock.ts';
import { LocalExecutions } from '../../lib/engine/local-executions.ts';
import type { FlowDefinition } from '../../lib/flow/check-flow.ts';
import { defineFlow } from '../../lib/flow/flow.ts';
import { isJsonObject } from '../../lib/json.ts';

/** The one execution of the flow in a folder, and how many items it goes through. */
export const executionName = 'five-hundred';
export const itemCount = 500;

/** Whether each item is an iteration in the execution's own history, or an execution of its own. */
export type MapMode = 'INLINE' | 'DISTRIBUTED';

/** A Map over numbers, each doubled by a task; then their sum. */
export const mapFlow = (mode: MapMode): FlowDefinition => ({
  flow: defineFlow({
    name: 'doubles',
    description: 'doubles five hundred numbers',
    group: 'crash',
    input: z.object({}).loose(),
    tasks: { Double: {} },
  }),
  aslText: JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        Items: '{% $states.input.items %}',
        MaxConcurrency: 40,
        ItemProcessor: {
          ProcessorConfig: mode === 'INLINE' ? { Mode: mode } : { Mode: mode, ExecutionType: 'STANDARD' },
          StartAt: 'Double',
          States: {
            Double: {
              Type: 'Task',
              Resource: 'arn:aws:states:::lambda:invoke',
              Arguments: { FunctionName: '${DoubleArn}', Payload: { input: '{% $states.input %}' } },
              Output: '{% $states.result.Payload %}',
              Assign: { doubled: '{% $states.result.Payload.doubled %}' },
              Next: 'Keep',
            },
            Keep: { Type: 'Pass', Output: '{% $doubled %}', End: true },
          },
        },
        Next: 'Sum',
      },
      Sum: { Type: 'Succeed', Output: '{% { "sum": $sum($states.input), "doubles": $states.input } %}' },
    },
  }),
});

/** What the task leaves behind in a folder: a line for every time it was done, with the item. */
export function effectsPath(folder: string): string {
  return join(folder, 'effects.txt');
}

/** Executions of the flow that are kept in a folder. */
export function mapExecutions(folder: string, mode: MapMode): LocalExecutions {
  return new LocalExecutions({
    folder: join(folder, '.flow/executions'),
    clock: systemClock,
    flows: [mapFlow(mode)],
    events: { emit: async () => undefined },
    async invokeTask({ payload }) {
      const item = isJsonObject(payload) ? Number(payload.input) : Number.NaN;
      await systemClock.sleep(5 + (item % 20));
      appendFileSync(effectsPath(folder), `${item}\n`);
      return { doubled: item * 2 };
    },
  });
}
