import type { Clock } from '../../lib/clock.ts';
import type { ResourceName } from '../../lib/engine/resources/resource-name.ts';
import {
  createResources,
  type ResourceRegistry,
  type TaskCall,
  type TaskResource,
} from '../../lib/engine/resources/task-resource.ts';
import { TaskFailed } from '../../lib/engine/task-failure.ts';
import type { TaskTokens } from '../../lib/engine/task-tokens.ts';
import { isJsonObject, type Json } from '../../lib/json.ts';
import type { ConformanceCase, FunctionBehaviour, Integration } from './case.ts';
import { parsed } from './match.ts';

/** What the resources of a case act on. */
export interface StandInWorld {
  readonly clock: Clock;
  readonly tokens: TaskTokens;
}

/**
 * Every resource a case calls: its functions as they are described, and all other services replayed from what they
 * answered when the case was recorded.
 */
export function standIns(recorded: ConformanceCase, world: StandInWorld): ResourceRegistry {
  const replay = replayed(recorded, world);
  const callFunction = functionCaller(recorded, world, replay);
  return createResources(
    {
      'lambda:invoke': { call: (call) => invoke(call, callFunction) },
      'lambda:function': { call: (call) => callFunction(call, functionName(call.resource.arn), call.parameters) },
    },
    (name) => resourceOf(name, recorded, replay),
  );
}

type CallFunction = (call: TaskCall, name: string, event: Json) => Promise<Json>;

async function invoke(call: TaskCall, callFunction: CallFunction): Promise<Json> {
  const { parameters } = call;
  const name = isJsonObject(parameters) ? functionName(String(parameters.FunctionName)) : '';
  const payload = isJsonObject(parameters) ? parameters.Payload : undefined;
  const event = typeof payload === 'string' ? (parsed(payload) ?? payload) : (payload ?? {});
  return { ExecutedVersion: '$LATEST', Payload: await callFunction(call, name, event), StatusCode: 200 };
}

function functionCaller({ lambdas }: ConformanceCase, { clock }: StandInWorld, replay: Replay): CallFunction {
  const behave = async (call: TaskCall, behaviour: FunctionBehaviour, event: Json): Promise<Json> => {
    switch (behaviour.kind) {
      case 'echo':
        return event;
      case 'return':
        return behaviour.value;
      case 'returnText':
        return behaviour.text.repeat.repeat(behaviour.text.count);
      case 'raise': {
        const { errorType, errorMessage } = behaviour;
        throw new TaskFailed({ error: errorType, cause: JSON.stringify({ errorMessage, errorType }) });
      }
      case 'delay':
        await clock.sleep(behaviour.seconds * 1_000, call.signal);
        return behave(call, behaviour.then, event);
    }
  };
  return async (call, name, event) => {
    const behaviour = lambdas[name];
    return behaviour ? behave(call, behaviour, event) : replay(call);
  };
}

/** `arn:aws:lambda:us-east-1:111111111111:function:name:version`, `…:name` or `name`. */
function functionName(nameOrArn: string): string {
  return /:function:([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;
}

type Replay = (call: TaskCall) => Promise<Json>;

/** Hands out the recorded answers in the order of the calls, each once. */
function replayed({ integrations }: ConformanceCase, { clock, tokens }: StandInWorld): Replay {
  const left = [...integrations];
  return async (call) => {
    const index = left.findIndex((answer) => isAnswerTo(answer, call));
    const [answer] = index < 0 ? [] : left.splice(index, 1);
    if (!answer) throw new Error(`the case has no recorded answer for '${call.resource.resource}'`);
    const isTimeout = answer.failed?.endsWith('TimedOut') ?? false; // the engine's to notice
    if (answer.submitted === undefined && call.resource.kind !== 'activity') {
      return isTimeout ? new Promise(() => undefined) : settled(answer);
    }
    // what comes after the first answer comes back through the task's token
    if (!isTimeout) {
      void clock.sleep(1).then(() => tokens.find(call.taskToken ?? '')?.settle(outcome(answer)));
    }
    return answer.submitted ?? null;
  };
}

function isAnswerTo(answer: Integration, { resource }: TaskCall): boolean {
  if (resource.kind !== 'service') return answer.resource === resource.arn;
  return answer.resource === resource.resource && answer.resourceType === resource.service;
}

function settled(answer: Integration): Json {
  const end = outcome(answer);
  if ('failure' in end) throw new TaskFailed(end.failure);
  return end.output;
}

function outcome(answer: Integration): { output: Json } | { failure: { error?: string; cause?: string } } {
  if (answer.failed === undefined) return { output: plain(answer.output ?? null) };
  const { error, cause } = answer;
  return {
    failure: { ...(error !== undefined && { error }), ...(cause !== undefined && { cause: causeText(cause) }) },
  };
}

function causeText(cause: Json): string {
  const value = plain(cause);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A recorded value as it was: `{"$jsonText": …}` is JSON text again. */
function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (!isJsonObject(value)) return value;
  if (value.$jsonText !== undefined) return JSON.stringify(plain(value.$jsonText));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]));
}

function resourceOf(name: ResourceName, { activities }: ConformanceCase, replay: Replay): TaskResource | undefined {
  if (name.kind !== 'activity') return { call: replay, finish: () => new Promise(() => undefined) };
  return {
    async call(call) {
      await replay(call);
      return activities[name.arn]?.workerName ?? null;
    },
  };
}
