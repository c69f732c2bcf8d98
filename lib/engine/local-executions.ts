import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { UsageError } from '../errors.ts';
import type { EventBus } from '../event/event-bus.ts';
import { type Execution, isTerminal } from '../execution/execution.ts';
import type { Executions, LogLine, RedriveOptions } from '../execution/executions.ts';
import type { HistoryEvent } from '../execution/history-event.ts';
import type { FailedChild, MapRun } from '../execution/map-run.ts';
import { isName } from '../execution/name.ts';
import type { FlowDefinition } from '../flow/check-flow.ts';
import type { Flow } from '../flow/flow.ts';
import type { Json } from '../json.ts';
import { executionArn, localDefinition, localRoleArn, machineKey, machineName, stateMachineArn } from './arns.ts';
import { type Changes, createChanges } from './changes.ts';
import { directoryExecutionStore } from './directory-execution-store.ts';
import { type ExecutionRecord, executionOf, isSameJson, newRecord, restarted } from './execution-record.ts';
import { createExecutionRunner, type ExecutionRunner } from './execution-runner.ts';
import type { ExecutionKey, ExecutionStore } from './execution-store.ts';
import { asItIs } from './lost-execution.ts';
import { childName, readChildArn } from './map-run/child-arn.ts';
import { failedIn } from './map-run/ended-children.ts';
import type { ChildEnd } from './map-run/journal.ts';
import { createMapRuns, type MapRunRecord } from './map-run/map-runs.ts';
import type { ObjectStore } from './map-run/object-store.ts';
import { pastMapRuns } from './map-run/past-map-runs.ts';
import { memoryExecutionStore } from './memory-execution-store.ts';
import { eventsResource } from './resources/events.ts';
import { type InvokeTask, taskResources } from './resources/flow-tasks.ts';
import { type NestedStart, statesResource } from './resources/states.ts';
import { createResources, type TaskResource } from './resources/task-resource.ts';
import type { World } from './run.ts';
import { createTaskTokens } from './task-tokens.ts';
import { tellFailure } from './tell-failure.ts';

/** What local executions are made of. */
export interface LocalExecutionsOptions {
  /** Executions are kept in `<folder>/<flow>/<execution>/`; without a folder they are kept in memory. */
  readonly folder?: string;
  readonly clock: Clock;
  /** Every flow that can be started, also by another one. */
  readonly flows: readonly FlowDefinition[];
  readonly invokeTask: InvokeTask;
  readonly events: EventBus;
  /** State machines that are no flows: those made through the API. */
  readonly otherMachines?: OtherStateMachines;
  /** More task resources by `service:api`, such as `dynamodb:getItem`; they win over the built-in ones. */
  readonly resources?: Readonly<Record<string, TaskResource>>;
  /** The buckets of distributed Maps; without them an `ItemReader` fails with a sentence. */
  readonly objects?: ObjectStore;
}

/** What an execution takes from its state machine when it starts. */
export interface Runnable {
  readonly definition: string;
  readonly roleArn: string;
}

/**
 * State machines beside those of the flows.
 *
 * Where a flow has its name, such a machine has a key: `@` and its name, which no flow's name can be.
 */
export interface OtherStateMachines {
  keys(): readonly string[];
  /** Undefined when there is no machine of that key. */
  named(key: string): Runnable | undefined;
}

const executionName = /^[A-Za-z0-9_-]{1,80}$/;

/** How often another process's history is looked at while it is followed, in milliseconds. */
const followIntervalMs = 200;

/** Executions of flows by the engine, in this process; those of other processes can be watched. */
export class LocalExecutions implements Executions {
  readonly #options: LocalExecutionsOptions;
  readonly #store: ExecutionStore;
  readonly #runner: ExecutionRunner;
  readonly #changes: Changes = createChanges();
  /** Executions that are about to go on: of two redrives that come at once, one is refused. */
  readonly #redriving = new Set<string>();
  /** What the executions see; task tokens and single states go through the same one. */
  readonly world: World;

  constructor(options: LocalExecutionsOptions) {
    this.#options = options;
    this.#store = options.folder === undefined ? memoryExecutionStore() : directoryExecutionStore(options.folder);
    const nested = {
      start: (request: NestedStart) => this.#startNested(request),
      ended: async ({ arn }: Execution) => executionOf((await this.#runner.ended(arn)) ?? (await this.#find(arn))),
      stop: async ({ arn }: Execution) => void (await this.#runner.stop(arn, {})),
    };
    this.world = {
      clock: options.clock,
      tokens: createTaskTokens(),
      mapRuns: createMapRuns(options.clock),
      ...(options.objects && { objects: options.objects }),
      resources: createResources({
        ...taskResources(options.flows, options.invokeTask, (arn, line) => this.#appendLog(arn, line)),
        'states:startExecution': statesResource(nested),
        'events:putEvents': eventsResource(options.events),
        ...options.resources,
      }),
    };
    this.#runner = createExecutionRunner({
      store: this.#store,
      world: this.world,
      onChange: (arn) => this.#changes.tell(arn),
      onEnd: (record) => this.#tellFailure(record),
    });
  }

  async start(flow: Flow, input: Json, options: { executionName?: string } = {}): Promise<Execution> {
    const given = options.executionName;
    if (given !== undefined && !executionName.test(given)) {
      throw new UsageError(`execution name '${given}' is not 1 to 80 characters of A-Z, a-z, 0-9, '-' and '_'`);
    }
    return executionOf(await this.#startRecord(flow.name, input, given));
  }

  /**
   * Starts an execution of a flow, by its name, or of another state machine, by its key.
   *
   * @throws {UsageError} the name was used before with another input
   */
  async startMachine(key: string, input: Json, name: string): Promise<Execution> {
    return executionOf(await this.#startRecord(key, input, name));
  }

  /** An execution by its ARN, with the definition it runs. */
  async find(arn: string): Promise<ExecutionRecord | undefined> {
    const keys = this.#keysFor(arn);
    const found = await Promise.all(keys.map(this.#store.read));
    const record = found.find((one) => one?.arn === arn);
    return record && asItIs(this.#store, record);
  }

  /** How the child executions of a Map Run ended, in the order they did; one that was redriven has ended more than once. */
  async *childEnds({ executionArn, mapRunArn }: Pick<MapRun, 'executionArn' | 'mapRunArn'>): AsyncIterable<ChildEnd> {
    const record = await this.find(executionArn);
    if (record) yield* this.#store.journal(record).read(mapRunArn);
  }

  /** Aborts every execution that runs in this process; they can be redriven. */
  async stopAll(reason: { error: string; cause: string }): Promise<void> {
    await Promise.all(this.#runner.running().map((arn) => this.#runner.stop(arn, reason)));
  }

  /** Forgets every ended and running execution of a state machine that is no more. */
  async removeAll(key: string): Promise<void> {
    const reason = { error: 'StateMachineDeleted', cause: 'the state machine was deleted' };
    const own = this.#runner.running().filter((arn) => this.#runner.recordOf(arn)?.flowName === key);
    await Promise.all(own.map((arn) => this.#runner.stop(arn, reason)));
    await this.#store.removeAll(key);
  }

  async describe(name: string): Promise<Execution> {
    return executionOf(await this.#find(name));
  }

  async *list(flowName?: string): AsyncIterable<Execution> {
    for await (const record of this.#store.list(flowName)) yield executionOf(await asItIs(this.#store, record));
  }

  async *history(
    name: string,
    { follow = false, signal }: { follow?: boolean; signal?: AbortSignal } = {},
  ): AsyncIterable<HistoryEvent> {
    const record = await this.#find(name);
    const cursor = this.#store.readHistory(record);
    for (;;) {
      const changed = this.#changes.next(record.arn);
      const isHere = this.#runner.ended(record.arn) !== undefined;
      const hasEnded = !follow || (!isHere && isTerminal(await this.#find(record.arn)));
      for (const { frame: _frame, next: _next, continues: _continues, ...event } of await cursor.next()) yield event;
      if (hasEnded || signal?.aborted) return;
      await this.#nextChange(record, changed, signal);
    }
  }

  async *logs(name: string): AsyncIterable<LogLine> {
    yield* this.#store.readLogs(await this.#find(name));
  }

  /** One of this process tells more than what is kept. */
  async mapRuns(name: string): Promise<MapRunRecord[]> {
    const record = await this.#find(name);
    const known = this.world.mapRuns?.list(record.arn) ?? [];
    const endsOf = (mapRunArn: string) => this.#store.journal(record).read(mapRunArn);
    return [...(await pastMapRuns(record, this.history(record.arn), { known, endsOf })), ...known];
  }

  async failedChildren(mapRun: MapRun, limit: number): Promise<FailedChild[]> {
    return failedIn(() => this.childEnds(mapRun), { mapRunArn: mapRun.mapRunArn, limit });
  }

  async stop(name: string, reason: { error?: string; cause?: string } = {}): Promise<void> {
    const record = await this.#find(name);
    if (isTerminal(record)) return;
    const ended = this.#runner.stop(record.arn, reason);
    if (!ended) {
      throw new UsageError(`execution '${record.name}' runs in the process ${record.owner.pid}; stop that process`);
    }
    await ended;
  }

  /** @throws {UsageError} the execution succeeded or still runs */
  async redrive(name: string, { withCurrentDefinition = false }: RedriveOptions = {}): Promise<Execution> {
    const record = await this.#find(name);
    const isGoingOn = this.#redriving.has(record.arn) || this.#runner.ended(record.arn) !== undefined;
    if (record.status === 'SUCCEEDED' || record.status === 'RUNNING' || isGoingOn) {
      const why = record.status === 'SUCCEEDED' ? 'has succeeded' : 'is still running';
      throw new UsageError(`execution '${record.name}' ${why}; only an unsuccessful one can be redriven`);
    }
    const definition = withCurrentDefinition ? this.#machineOf(record.flowName).definition : record.definition;
    const again = restarted(record, definition, this.#options.clock.now());
    this.#redriving.add(record.arn);
    try {
      await this.#runner.redrive(again, definition === record.definition ? undefined : record.definition);
    } finally {
      this.#redriving.delete(record.arn);
    }
    return executionOf(again);
  }

  /** A second start under the same name gives the execution that is there, if it is the same start. */
  async #startRecord(flowName: string, input: Json, given: string | undefined): Promise<ExecutionRecord> {
    const machine = this.#machineOf(flowName);
    for (let attempt = 1; ; attempt += 1) {
      const name = given ?? this.#newName(flowName, attempt);
      const record = newRecord({ flowName, input, ...machine, name, startedAtMs: this.#options.clock.now() });
      if (await this.#store.create(record)) {
        this.#runner.start(record);
        return record;
      }
      if (given === undefined) continue;
      const existing = await this.#store.read({ flowName, name });
      if (existing && isSameJson(existing.input, input)) return asItIs(this.#store, existing);
      throw new UsageError(`execution '${name}' of flow '${flowName}' exists already, with another input`, {
        hint: 'leave the name out, or choose another',
      });
    }
  }

  /**
   * Starts an execution for a state of another one.
   *
   * Without a name of its own it is named after the visit to that state, so that a redrive of the outer execution
   * finds it again: what has succeeded is not done twice, what has not goes on where it stopped.
   */
  async #startNested({ stateMachineArn: arn, input, name, call }: NestedStart): Promise<Execution | undefined> {
    const flowName = this.#flowNames().find((each) => stateMachineArn(each) === arn);
    if (flowName === undefined) return undefined;
    const given = name ?? nestedName(flowName, `${call.executionArn} ${call.visitId} ${call.attempt}`);
    const record = await this.#startRecord(flowName, input, given);
    const hasFailed = isTerminal(record) && record.status !== 'SUCCEEDED';
    return name === undefined && hasFailed ? this.redrive(record.arn) : executionOf(record);
  }

  #newName(flowName: string, attempt: number): string {
    const random = Array.from({ length: 6 }, () => Math.floor(this.#options.clock.chance() * 36).toString(36)).join('');
    return attempt === 1 ? `${flowName}-${random}` : `${flowName}-${random}-${attempt}`;
  }

  #machineOf(flowName: string): Runnable {
    const other = this.#options.otherMachines?.named(flowName);
    if (other !== undefined) return other;
    const found = this.#options.flows.find(({ flow }) => flow.name === flowName);
    if (!found) throw new UsageError(`unknown flow '${flowName}'; known flows: ${this.#flowNames().join(', ')}`);
    return { definition: localDefinition(found.flow, found.aslText), roleArn: localRoleArn };
  }

  #flowNames(): string[] {
    return [...this.#options.flows.map(({ flow }) => flow.name), ...(this.#options.otherMachines?.keys() ?? [])];
  }

  /** By name, by `<flow>/<name>` or by ARN. */
  async #find(name: string): Promise<ExecutionRecord> {
    const found = (await Promise.all(this.#keysFor(name).map(this.#store.read))).filter(
      (record) => record !== undefined,
    );
    const [record, another] = found;
    if (!record) throw new UsageError(`unknown execution '${name}'`, { hint: "run 'flow executions' to see all" });
    if (another) {
      const choices = found.map((one) => `${one.flowName}/${one.name}`).join(' or ');
      throw new UsageError(`several flows have an execution '${name}'; write ${choices}`);
    }
    return asItIs(this.#store, record);
  }

  /** Where an execution may be that is named, named with its flow, or given as ARN. */
  #keysFor(name: string): ExecutionKey[] {
    if (name.startsWith('arn:')) return this.#keysForArn(name);
    const keys = this.#flowNames().map((flowName) => {
      return { flowName, name: name.startsWith(`${flowName}/`) ? name.slice(flowName.length + 1) : name };
    });
    return keys.filter((key) => isName(key.name));
  }

  #keysForArn(arn: string): ExecutionKey[] {
    const [machine = '', name = ''] = arn.split(':').slice(-2);
    const ofFlow = this.#options.flows.find(({ flow }) => machineName(flow.name) === machine);
    const flowName = ofFlow?.flow.name ?? machineKey(machine);
    return executionArn(flowName, name) === arn && isName(machine) && isName(name) ? [{ flowName, name }] : [];
  }

  /** Waits until there may be more to read: told by this process, or by looking again for another one's. */
  async #nextChange(record: ExecutionRecord, changed: Promise<void>, signal?: AbortSignal): Promise<void> {
    const done = new AbortController();
    const signals = signal ? AbortSignal.any([signal, done.signal]) : done.signal;
    const isHere = this.#runner.ended(record.arn) !== undefined;
    const aborted = new Promise<void>((resolve) => signals.addEventListener('abort', () => resolve(), { once: true }));
    const looked = isHere ? [] : [this.#options.clock.sleep(followIntervalMs, signals).catch(() => undefined)];
    await Promise.race([changed, aborted, ...looked]);
    done.abort();
  }

  async #tellFailure(record: ExecutionRecord): Promise<void> {
    const { clock, invokeTask, flows } = this.#options;
    const flow = flows.find((each) => each.flow.name === record.flowName)?.flow;
    if (!flow) return;
    await tellFailure(record, { flow, clock, invokeTask, onLog: (line) => this.#runner.log(record.arn, line) });
  }

  /** What a child of a Map Run wrote is kept with the execution that the Map belongs to. */
  #appendLog(arn: string, line: LogLine): void {
    const place = readChildArn(arn);
    const mapRun = place && this.world.mapRuns?.find(place.mapRunArn);
    if (!mapRun) this.#runner.log(arn, line);
    else {
      const child = line.child ?? { name: childName(place), index: place.index };
      this.#appendLog(mapRun.executionArn, { ...line, child });
    }
  }
}

function nestedName(flowName: string, visit: string): string {
  return `${flowName.replace(/^@/, '').slice(0, 60)}-${createHash('sha256').update(visit).digest('hex').slice(0, 10)}`;
}
