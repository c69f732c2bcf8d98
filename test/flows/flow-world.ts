import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { flowDefinitions } from '../../bin/flow-definitions.ts';
import { invokeTask } from '../../bin/invoke-task.ts';
import { publication } from '../../functions/carbon-markets/publication.ts';
import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import { downloadArtifact, resolveArtifact } from '../../lib/artifact/catalog.ts';
import { openStore } from '../../lib/artifact/open-store.ts';
import type { Publication } from '../../lib/artifact/publish.ts';
import { LocalExecutions } from '../../lib/engine/local-executions.ts';
import type { FlowEvent } from '../../lib/event/event-bus.ts';
import { localBus } from '../../lib/event/local-bus.ts';
import type { Execution } from '../../lib/execution/execution.ts';
import type { Executions } from '../../lib/execution/executions.ts';
import type { HistoryEvent } from '../../lib/execution/history-event.ts';
import type { Json } from '../../lib/json.ts';
import { fixedSource } from '../../lib/secret/fixed-source.ts';
import type { Row } from '../../lib/table/cell.ts';
import { openSql } from '../../lib/table/sql.ts';
import { type SampleServerOptions, startSampleServer } from '../../samples/server.ts';
import type { VerraRegistryOptions } from '../../samples/verra-registry.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { memoryStore } from '../support/memory-store.ts';
import { root } from '../support/source-files.ts';
import { testWorld } from '../support/test-world.ts';

/** Every flow of the project on the engine, in memory, against the sample server; time does not pass by itself. */
export interface FlowWorld extends AsyncDisposable {
  /** Runs a flow to its end, one hour after the run before. */
  run(flowName: string, input?: Json, executionName?: string): Promise<Execution>;
  /** Takes a failed execution up again, and to its end. */
  redrive(executionName: string): Promise<Execution>;
  /** What the tasks of an execution said, at level WARN. */
  warnings(executionName: string): Promise<string[]>;
  /** Everything that happened in an execution. */
  history(executionName: string): Promise<HistoryEvent[]>;
  /** The answer of a query over the latest version of an artifact, which it calls `latest`. */
  query(artifactName: string, query: string): Promise<Row[]>;
  /** Every execution there was, those too that others started. */
  readonly executions: Executions;
  readonly artifacts: ArtifactStore;
  readonly emitted: readonly FlowEvent[];
  /** Those of the sample server. */
  readonly settings: Readonly<Record<string, string>>;
  /** When executions start, and what the store thinks the time is. */
  readonly clock: FakeClock;
}

const oneHourMs = 3_600_000;

/** What surrounds the flows, where it is not the usual. */
export interface FlowWorldOptions extends Omit<SampleServerOptions, 'verra'> {
  readonly secrets?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
  /** Where the store and the events are written, rather than kept in memory. */
  readonly home?: string;
}

export async function openFlowWorld(
  verra: VerraRegistryOptions = {},
  startsAt = '2026-11-20T13:15:00.000Z',
  { secrets = {}, settings = {}, home, ...samples }: FlowWorldOptions = {},
): Promise<FlowWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'flow-world-'));
  const server = await startSampleServer({ ...samples, verra });
  const clock = fakeClock({ startsAt, autoAdvance: true });
  const artifacts = home ? await openStore(pathToFileURL(join(home, 'store')).href, clock) : memoryStore(clock);
  const world = testWorld({
    artifacts,
    settings: fixedSource({ ...server.settings, ...settings }),
    secrets: fixedSource({ ...server.settings, ...secrets }),
    tempFolder: folder,
    ...(home && { events: localBus(join(home, 'events.jsonl'), clock) }),
    // pauses inside of tasks pass at once, while the engine's time stands still as long as a task runs
    clock: { ...fakeClock({ autoAdvance: true }), now: () => clock.now() },
  });
  const flows = await flowDefinitions(root);
  const executions = new LocalExecutions({
    clock,
    flows,
    events: world.events,
    invokeTask: (call) => clock.during(invokeTask(call, { world, projectFolder: root })),
  });

  const end = async (executionName: string) => {
    // following stops when the execution has ended
    for await (const _ of executions.history(executionName, { follow: true }));
    return await executions.describe(executionName);
  };

  return {
    executions,
    artifacts,
    emitted: world.emitted,
    settings: server.settings,
    clock,
    async run(flowName, input = {}, executionName) {
      const flow = flows.find((definition) => definition.flow.name === flowName)?.flow;
      if (!flow) throw new Error(`there is no flow '${flowName}'`);
      await clock.advance(oneHourMs);
      const { name } = await executions.start(flow, input, executionName === undefined ? {} : { executionName });
      return await end(name);
    },
    async redrive(executionName) {
      await executions.redrive(executionName);
      return await end(executionName);
    },
    async warnings(executionName) {
      const lines = await Array.fromAsync(executions.logs(executionName));
      return lines.filter(({ level }) => level === 'WARN').map(({ message }) => message);
    },
    history: (executionName) => Array.fromAsync(executions.history(executionName)),
    async query(artifactName, query) {
      const pinned = await resolveArtifact(artifacts, artifactName);
      if (!pinned) throw new Error(`'${artifactName}' was never published`);
      const file = join(folder, `${pinned.name}-${pinned.version}.parquet`);
      await downloadArtifact(artifacts, pinned, file);
      await using sql = await openSql({ workFolder: folder });
      return await sql.rows(`WITH latest AS (FROM '${file}') ${query}`);
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** What an execution published or found unchanged; it must have succeeded. */
export function publicationOf(execution: Execution): Publication {
  return publication.parse(outputOf(execution));
}

/** The same for an execution of `build-verra`, which answers with one for each of its flows. */
export function publicationsOf(execution: Execution): Publication[] {
  return z.object({ artifacts: z.array(publication) }).parse(outputOf(execution)).artifacts;
}

/** The output of an execution that must have succeeded. */
export function outputOf({ name, status, output, error, cause }: Execution): Json {
  if (status === 'SUCCEEDED') return output ?? null;
  throw new Error(`execution ${name} ${status}: ${error}: ${cause}`);
}
