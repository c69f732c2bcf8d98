import type { Clock } from '../../lib/clock.ts';
import { createResources, type ResourceRegistry, type TaskCall } from '../../lib/engine/resources/task-resource.ts';
import { TaskFailed } from '../../lib/engine/task-failure.ts';
import type { TaskTokens } from '../../lib/engine/task-tokens.ts';
import { isJsonObject, type Json } from '../../lib/json.ts';

/** Everything a Task may call, made up: the same call always has the same outcome. */
export function madeUpResources(world: { clock: Clock; tokens: TaskTokens }): ResourceRegistry {
  const { clock, tokens } = world;
  const giveBack = (call: TaskCall): void => {
    const outcome =
      call.attempt % 2 === 0
        ? { output: { a: call.attempt } }
        : { failure: { error: 'Custom.Error', cause: 'not yet' } };
    void clock.sleep(1_000).then(() => tokens.find(call.taskToken ?? '')?.settle(outcome));
  };
  const byFunction = (call: TaskCall, name: string, payload: Json) => behave(name, { call, payload, clock });
  return createResources(
    {
      'lambda:function': { call: (call) => byFunction(call, call.resource.arn, call.parameters) },
      'lambda:invoke': {
        async call(call) {
          const { FunctionName: name, Payload: payload } = isJsonObject(call.parameters) ? call.parameters : {};
          return { Payload: await byFunction(call, String(name), payload ?? {}), StatusCode: 200 };
        },
      },
    },
    () => ({
      async call(call) {
        if (call.taskToken !== undefined) giveBack(call);
        return { called: call.resource.arn };
      },
    }),
  );
}

async function behave(name: string, about: { call: TaskCall; payload: Json; clock: Clock }): Promise<Json> {
  const { call, payload, clock } = about;
  switch (name.slice(name.lastIndexOf(':') + 1)) {
    case 'raise':
      if (call.attempt > 2) return 'the third time';
      throw new TaskFailed({ error: 'Custom.Error', cause: 'raised on purpose' });
    case 'slow':
      await clock.sleep(10_000, call.signal);
      return { a: 'late' };
    case 'big':
      return 'x'.repeat(300_000);
    case 'unnamed':
      throw new TaskFailed({});
    case 'nested':
      return { items: [[1], [{ a: null }], []] };
    default:
      return payload;
  }
}
