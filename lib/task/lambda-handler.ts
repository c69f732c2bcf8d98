import { tmpdir } from 'node:os';
import type { Context } from 'aws-lambda';
import { openStore } from '../artifact/open-store.ts';
import { systemClock } from '../clock.ts';
import type { Json } from '../json.ts';
import { envSource } from '../secret/env-source.ts';
import { firstOf } from '../secret/first-of.ts';
import { fixedSource } from '../secret/fixed-source.ts';
import type { SecretSource } from '../secret/secret-source.ts';
import type { Task } from './define-task.ts';
import { type TaskHandler, taskHandler } from './task-handler.ts';
import type { TaskWorld } from './task-world.ts';

/**
 * The plug of a task: `export const handler = lambdaHandler(fetchPrices);`.
 *
 * Makes nothing until Lambda calls it, so that other worlds can import the task without AWS libraries. The adapters
 * are made once per Lambda instance; when that fails, the next call tries again.
 */
export function lambdaHandler(task: Task): (payload: unknown, context: Context) => Promise<Json> {
  let handler: Promise<TaskHandler> | undefined;
  return async (payload, context) => {
    handler ??= lambdaWorld().then((world) => taskHandler(task, world));
    const ready = await handler.catch((error: unknown) => {
      handler = undefined;
      throw error;
    });
    return await ready(payload, context);
  };
}

async function lambdaWorld(): Promise<TaskWorld> {
  const environment = required('DATA_FLOWS_ENVIRONMENT');
  const flowName = required('DATA_FLOWS_FLOW');
  const clock = systemClock;
  const [{ ssmSource }, { eventBridgeBus }, artifacts] = await Promise.all([
    import('../secret/ssm-source.ts'),
    import('../event/eventbridge-bus.ts'),
    openStore(required('RESULTS_URL')),
  ]);
  const parameters = ssmSource({ environment, flowName, clock });
  return {
    environment,
    flowName,
    codeVersion: process.env.CODE_VERSION ?? 'unversioned',
    artifacts,
    secrets: firstOf(ownWarehouse(), parameters),
    settings: firstOf(envSource(), parameters),
    events: eventBridgeBus(required('EVENT_BUS_NAME')),
    clock,
    tempFolder: tmpdir(),
  };
}

/** A warehouse that the stack made has an address without a password, which is a variable; no other secret ever is. */
function ownWarehouse(): SecretSource {
  return fixedSource({ WAREHOUSE_URL: process.env.WAREHOUSE_URL || undefined });
}

function required(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`the variable ${name} is not set; the stack sets it on every task's Lambda`);
}
