import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openStore } from '../lib/artifact/open-store.ts';
import type { World, WorldRequest } from '../lib/cli/world.ts';
import { systemClock } from '../lib/clock.ts';
import { objectsInStore } from '../lib/engine/map-run/store-objects.ts';
import { s3Resources } from '../lib/engine/resources/s3.ts';
import { openEngine } from '../lib/engine/service/open-engine.ts';
import { localBus } from '../lib/event/local-bus.ts';
import { watchedBus } from '../lib/event/watched-bus.ts';
import { envSource } from '../lib/secret/env-source.ts';
import { firstOf } from '../lib/secret/first-of.ts';
import { fixedSource } from '../lib/secret/fixed-source.ts';
import { closeUnusedWarehouses } from '../lib/warehouse/open-warehouse.ts';
import { startSampleServer } from '../samples/server.ts';
import { flowDefinitions } from './flow-definitions.ts';
import { invokeTask } from './invoke-task.ts';
import { openEndpoint } from './open-endpoint.ts';
import type { Folders } from './project-folders.ts';

/** The engine in this process, a store on disk (or wherever RESULTS_URL says), and the sample server when it is asked for. */
export async function openLocalWorld({ environment, source }: WorldRequest, folders: Folders): Promise<World> {
  // whatever is open when a later step fails is closed again, or the process would never end
  await using opened = new AsyncDisposableStack();
  const clock = systemClock;
  const dotFlow = join(folders.home, '.flow');
  const server = source === 'samples' ? opened.adopt(await startSampleServer(), (each) => each.close()) : undefined;
  // made-up rows never get among real ones
  const warehouse = pathToFileURL(join(dotFlow, 'warehouse', source)).href;
  const given = firstOf(envSource(), fixedSource({ WAREHOUSE_URL: warehouse }));
  const secrets = server ? firstOf(fixedSource(server.settings), given) : given;
  const storeUrl = (await envSource().find('RESULTS_URL')) ?? pathToFileURL(join(dotFlow, 'store')).href;
  const flows = await flowDefinitions(folders.project);
  const taskWorld = {
    environment: environment.name,
    codeVersion: (await envSource().find('CODE_VERSION')) ?? 'unversioned',
    artifacts: await openStore(storeUrl, clock),
    secrets,
    settings: secrets,
    events: watchedBus(localBus(join(dotFlow, 'events.jsonl'), clock)),
    clock,
    tempFolder: opened.adopt(await mkdtemp(join(tmpdir(), 'flow-')), removeFolder),
  };
  const objects = objectsInStore(taskWorld.artifacts);
  const { executions, service } = await openEngine({
    objects,
    resources: s3Resources(objects),
    folder: dotFlow,
    clock,
    flows,
    events: taskWorld.events,
    invokeTask: (call) => invokeTask(call, { world: taskWorld, projectFolder: folders.project }),
  });
  opened.defer(closeUnusedWarehouses);
  const closing = opened.move();
  return {
    environment,
    flows,
    executions,
    service,
    openEndpoint: (port) => openEndpoint(service, port),
    artifacts: taskWorld.artifacts,
    onPublished: (listener) =>
      taskWorld.events.subscribe(({ detail }) => {
        if (typeof detail.artifact === 'string') listener(detail.artifact);
      }),
    secretsOf: () => secrets,
    clock,
    source: server ? { kind: 'samples', url: server.url } : { kind: 'live' },
    projectFolder: folders.project,
    homeFolder: folders.home,
    forgetExecution: ({ flowName, name }) => removeFolder(join(dotFlow, 'executions', flowName, name)),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

async function removeFolder(path: string): Promise<void> {
  // a task that was stopped may still be closing its files
  await rm(path, { recursive: true, force: true, maxRetries: 5 });
}
