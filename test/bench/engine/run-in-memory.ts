import { parse } from '../../../lib/asl/parse.ts';
import { systemClock } from '../../../lib/clock.ts';
import { type ExecutionEnd, execute } from '../../../lib/engine/execute.ts';
import { createHistory } from '../../../lib/engine/history.ts';
import type { ObjectStore } from '../../../lib/engine/map-run/object-store.ts';
import { lambdaResources } from '../../../lib/engine/resources/lambda.ts';
import { createResources } from '../../../lib/engine/resources/task-resource.ts';
import { createTaskTokens } from '../../../lib/engine/task-tokens.ts';
import type { HistoryEvent } from '../../../lib/execution/history-event.ts';
import type { Json } from '../../../lib/json.ts';
import { double } from './machines.ts';

const prefix = 'arn:aws:states:us-east-1:000000000000';

/** A machine compiled once, and a function that runs it with its full history in memory. */
export function runnerInMemory(
  definition: object,
  objects?: ObjectStore,
): (input: Json) => Promise<{ end: ExecutionEnd; events: HistoryEvent[] }> {
  const machine = parse(JSON.stringify(definition));
  const resources = createResources(lambdaResources(({ payload }) => double(payload)));
  const world = { clock: systemClock, tokens: createTaskTokens(), resources, ...(objects && { objects }) };
  return async (input) => {
    const events: HistoryEvent[] = [];
    const { ended } = execute({
      machine,
      world,
      history: createHistory(systemClock, { take: (event) => void events.push(event) }),
      identity: {
        executionArn: `${prefix}:execution:bench:bench`,
        executionName: 'bench',
        startTime: new Date(systemClock.now()).toISOString(),
        input,
        roleArn: 'arn:aws:iam::000000000000:role/bench',
        redriveCount: 0,
        stateMachineArn: `${prefix}:stateMachine:bench`,
        stateMachineName: 'bench',
      },
    });
    return { end: await ended, events };
  };
}
