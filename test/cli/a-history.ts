import type { HistoryEvent } from '../../lib/execution/history-event.ts';
import type { Json } from '../../lib/json.ts';

/** One event of a made-up history: how long after the one before, its type and details, and what it follows from. */
export interface Step {
  readonly afterMs?: number;
  readonly type: string;
  readonly details?: Readonly<Record<string, Json>>;
  /** @default the event before */
  readonly follows?: number;
}

/** A history in the service's words; ids count from 1 in the order given. */
export function aHistory(startsAt: string, steps: readonly Step[]): HistoryEvent[] {
  let now = Date.parse(startsAt);
  return steps.map(({ afterMs = 0, type, details = {}, follows }, index) => {
    now += afterMs;
    return { id: index + 1, previousEventId: follows ?? index, timestamp: new Date(now).toISOString(), type, details };
  });
}

/** The events of a Task that calls a Lambda and gets an answer. */
export function aTask(name: string, options: { tookMs?: number; answer?: Json; type?: string } = {}): Step[] {
  return [
    { type: 'TaskStateEntered', details: { name, input: '{}' } },
    { type: 'TaskScheduled', details: { resourceType: 'lambda', resource: 'invoke' } },
    { type: 'TaskStarted', details: { resourceType: 'lambda', resource: 'invoke' } },
    {
      afterMs: options.tookMs ?? 100,
      type: 'TaskSucceeded',
      details: {
        resourceType: 'lambda',
        resource: 'invoke',
        output: JSON.stringify({ StatusCode: 200, Payload: options.answer ?? {} }),
      },
    },
    { type: 'TaskStateExited', details: { name, output: JSON.stringify(options.answer ?? {}) } },
  ];
}

/** The events of a Task that starts another flow and waits for it. */
export function aNestedFlow(name: string, executionArn: string, tookMs: number): Step[] {
  const resource = { resourceType: 'states', resource: 'startExecution.sync:2' };
  return [
    { type: 'TaskStateEntered', details: { name, input: '{}' } },
    { type: 'TaskScheduled', details: resource },
    { type: 'TaskStarted', details: resource },
    { type: 'TaskSubmitted', details: { ...resource, output: JSON.stringify({ ExecutionArn: executionArn }) } },
    { afterMs: tookMs, type: 'TaskSucceeded', details: { ...resource, output: '{"Status":"SUCCEEDED"}' } },
    { type: 'TaskStateExited', details: { name, output: '{}' } },
  ];
}

/** What a task answers with after it published. */
export function aPublication(artifact: string, changes: Readonly<Record<string, Json>> = {}): Json {
  const version = '20261120T063300Z-build-1';
  const key = `artifacts/${artifact}/${version}/data.parquet`;
  return {
    artifact,
    version,
    status: 'published',
    rows: 3012,
    bytes: 215_040,
    sha256: '4af09b12c1d3'.padEnd(64, '0'),
    rowsSha256: 'ab'.repeat(32),
    key,
    url: `file:///project/.flow/store/${key}`,
    ...changes,
  };
}
