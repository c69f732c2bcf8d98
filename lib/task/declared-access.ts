import type { EventBus } from '../event/event-bus.ts';
import type { TaskManifest } from '../flow/flow.ts';
import type { SecretSource } from '../secret/secret-source.ts';
import { declaredStore } from './declared-store.ts';
import { UndeclaredAccessError } from './task-errors.ts';
import type { TaskWorld } from './task-world.ts';

/**
 * The world as the task's role on AWS would let it be: what its manifest does not declare is refused by name.
 *
 * For worlds that have no roles, so that a forgotten declaration fails on the laptop already.
 */
export function declaredAccess(world: TaskWorld, task: { name: string; manifest: TaskManifest }): TaskWorld {
  const { name, manifest } = task;
  const settings = [...(manifest.settings ?? []), ...(manifest.calls ?? [])];
  return {
    ...world,
    secrets: declaredNames(world.secrets, {
      names: [...(manifest.secrets ?? []), ...(manifest.optionalSecrets ?? [])],
      what: 'secret',
      field: 'secrets',
      task: name,
    }),
    settings: declaredNames(world.settings, {
      names: settings,
      what: 'setting',
      field: 'settings or calls',
      task: name,
    }),
    events: declaredEvents(world.events, task),
    artifacts: declaredStore(world.artifacts, { flowName: world.flowName, taskName: name, manifest }),
  };
}

function declaredNames(
  source: SecretSource,
  declared: { names: readonly string[]; what: string; field: string; task: string },
): SecretSource {
  const check = (name: string) => {
    if (declared.names.includes(name)) return;
    throw new UndeclaredAccessError(
      `the task ${declared.task} reads the ${declared.what} '${name}' without declaring it; ` +
        `add it to ${declared.field} of the task in the flow's manifest`,
    );
  };
  return {
    async get(name) {
      check(name);
      return await source.get(name);
    },
    async find(name) {
      check(name);
      return await source.find(name);
    },
  };
}

function declaredEvents(bus: EventBus, task: { name: string; manifest: TaskManifest }): EventBus {
  return {
    async emit(event) {
      const { writes = [], emits = false } = task.manifest;
      if (writes.length === 0 && !emits) {
        throw new UndeclaredAccessError(
          `the task ${task.name} emits '${event.detailType}' but publishes nothing by its manifest; ` +
            "add the artifact to writes of the task in the flow's manifest, or emits: true",
        );
      }
      await bus.emit(event);
    },
  };
}
