import { tmpdir } from 'node:os';
import { Logger } from '@aws-lambda-powertools/logger';
import type { FlowEvent } from '../../lib/event/event-bus.ts';
import type { LogLine } from '../../lib/execution/executions.ts';
import type { Json } from '../../lib/json.ts';
import { fixedSource } from '../../lib/secret/fixed-source.ts';
import type { TaskContext } from '../../lib/task/task-context.ts';
import type { TaskWorld } from '../../lib/task/task-world.ts';
import { fakeClock } from './fake-clock.ts';
import { memoryStore } from './memory-store.ts';

/** A world in memory, which remembers what was logged and emitted. */
export interface TestWorld extends TaskWorld {
  readonly logs: readonly LogLine[];
  readonly emitted: readonly FlowEvent[];
}

/** A world without secrets or settings whose clock stands still; parts of it can be given. */
export function testWorld(overrides: Partial<TaskWorld> = {}): TestWorld {
  const clock = overrides.clock ?? fakeClock();
  const logs: LogLine[] = [];
  const emitted: FlowEvent[] = [];
  return {
    environment: 'local',
    flowName: 'test-flow',
    codeVersion: 'test',
    artifacts: memoryStore(clock),
    secrets: fixedSource({}),
    settings: fixedSource({}),
    events: {
      async emit(event) {
        emitted.push(event);
      },
    },
    clock,
    tempFolder: tmpdir(),
    onLog: (line) => logs.push(line),
    logs,
    emitted,
    ...overrides,
  };
}

/** The context of a task's first attempt in {@link testWorld}, for calling its `run` directly; it logs nothing. */
export function testContext(overrides: Partial<TaskContext> = {}): TaskContext {
  const { environment, flowName, codeVersion, artifacts, secrets, settings, events, clock } = testWorld({
    ...(overrides.clock ? { clock: overrides.clock } : {}),
  });
  return {
    ...{ environment, flowName, codeVersion, artifacts, secrets, settings, events, clock },
    executionName: 'test-execution',
    executionStartedAt: new Date('2026-01-01T00:00:00Z'),
    stateName: 'TestState',
    attempt: 1,
    log: new Logger({ logLevel: 'SILENT' }),
    signal: new AbortController().signal,
    workFolder: tmpdir(),
    ...overrides,
  };
}

/** What a Task state sends to its task. */
export function taskPayload(
  input: Json,
  about: { executionName?: string; stateName?: string; retryCount?: number; mapIndex?: number } = {},
): Json {
  return {
    input,
    context: {
      Execution: {
        Id: 'arn:aws:states:us-east-1:123456789012:execution:test-flow:test-execution',
        Name: about.executionName ?? 'test-execution',
        StartTime: '2026-01-01T00:00:00.000Z',
        Input: {},
      },
      State: {
        Name: about.stateName ?? 'TestState',
        EnteredTime: '2026-01-01T00:00:01.000Z',
        ...(about.retryCount === undefined ? {} : { RetryCount: about.retryCount }),
      },
      StateMachine: { Id: 'arn:aws:states:us-east-1:123456789012:stateMachine:test-flow', Name: 'test-flow' },
      ...(about.mapIndex === undefined ? {} : { Map: { Item: { Index: about.mapIndex, Value: null } } }),
    },
  };
}
