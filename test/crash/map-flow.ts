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

/** A Map over numbers, each doubled by a task; then their sum. */
export const mapFlow: FlowDefinition = {
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
        ItemProcessor: {
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
};

/** What the task leaves behind in a folder: a line for every time it was done, with the item. */
export function effectsPath(folder: string): string {
  return join(folder, 'effects.txt');
}

/** Executions of the flow that are kept in a folder. */
export function mapExecutions(folder: string): LocalExecutions {
  return new LocalExecutions({
    folder: join(folder, '.flow/executions'),
    clock: systemClock,
    flows: [mapFlow],
    events: { emit: async () => undefined },
    async invokeTask({ payload }) {
      const item = isJsonObject(payload) ? Number(payload.input) : Number.NaN;
      await systemClock.sleep(5 + (item % 20));
      appendFileSync(effectsPath(folder), `${item}\n`);
      return { doubled: item * 2 };
    },
  });
}
