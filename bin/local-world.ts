import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openStore } from '../lib/artifact/open-store.ts';
import type { World, WorldRequest } from '../lib/cli/world.ts';
import { systemClock } from '../lib/clock.ts';
import { LocalExecutions } from '../lib/engine/local-executions.ts';
import { localBus } from '../lib/event/local-bus.ts';
import { envSource } from '../lib/secret/env-source.ts';
import { firstOf } from '../lib/secret/first-of.ts';
import { fixedSource } from '../lib/secret/fixed-source.ts';
import { type SampleServer, startSampleServer } from '../samples/server.ts';
import { flowDefinitions } from './flow-definitions.ts';
import { invokeTask } from './invoke-task.ts';
import type { Folders } from './project-folders.ts';

/** The engine in this process, a store on disk (or wherever RESULTS_URL says), and the sample server when it is asked for. */
export async function openLocalWorld({ environment, source }: WorldRequest, folders: Folders): Promise<World> {
  const clock = systemClock;
  const dotFlow = join(folders.home, '.flow');
  const server = source === 'samples' ? await startSampleServer() : undefined;
  const secrets = server ? firstOf(fixedSource(server.settings), envSource()) : envSource();
  const storeUrl = (await envSource().find('RESULTS_URL')) ?? pathToFileURL(join(dotFlow, 'store')).href;
  const artifacts = await openStore(storeUrl, clock);
  const events = localBus(join(dotFlow, 'events.jsonl'), clock);
  const flows = await flowDefinitions(folders.project);
  const tempFolder = await mkdtemp(join(tmpdir(), 'flow-'));
  const codeVersion = (await envSource().find('CODE_VERSION')) ?? 'unversioned';
  const taskWorld = {
    environment: environment.name,
    codeVersion,
    artifacts,
    secrets,
    settings: secrets,
    events,
    clock,
    tempFolder,
  };
  return {
    environment,
    flows,
    executions: new LocalExecutions({
      folder: join(dotFlow, 'executions'),
      clock,
      flows,
      events,
      invokeTask: (call) => invokeTask(call, { world: taskWorld, projectFolder: folders.project }),
    }),
    artifacts,
    secretsOf: () => secrets,
    clock,
    source: server ? { kind: 'samples', url: server.url } : { kind: 'live' },
    projectFolder: folders.project,
    homeFolder: folders.home,
    forgetExecution: ({ flowName, name }) =>
      rm(join(dotFlow, 'executions', flowName, name), { recursive: true, force: true }),
    [Symbol.asyncDispose]: () => close(server, tempFolder),
  };
}

async function close(server: SampleServer | undefined, tempFolder: string): Promise<void> {
  await server?.close();
  await rm(tempFolder, { recursive: true, force: true });
}
