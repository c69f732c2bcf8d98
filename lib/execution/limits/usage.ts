import type { HistoryEvent } from '../history-event.ts';

/** How much of the service's limits one execution has used. */
export interface ExecutionUsage {
  readonly eventCount: number;
  /** The largest input and output of each state, in bytes of JSON text, by the state's name. */
  readonly payloads: ReadonlyMap<string, PayloadUsage>;
  /** How often each state was entered. */
  readonly visits: ReadonlyMap<string, number>;
  /** Items of all visits to each inline Map. */
  readonly iterations: ReadonlyMap<string, number>;
}

/** The largest payloads of one state. */
export interface PayloadUsage {
  readonly inputBytes: number;
  readonly outputBytes: number;
}

/** Measures an execution by its history. */
export async function measureUsage(history: AsyncIterable<HistoryEvent>): Promise<ExecutionUsage> {
  const payloads = new Map<string, PayloadUsage>();
  const visits = new Map<string, number>();
  const iterations = new Map<string, number>();
  /** Maps that have been entered and not yet started, by the event of their being entered. */
  const entered = new Map<number, string>();
  let eventCount = 0;
  for await (const event of history) {
    const { id, type, details, previousEventId } = event;
    eventCount += 1;
    const name = String(details.name);
    if (type === 'MapStateEntered') entered.set(id, name);
    if (type.endsWith('StateEntered')) {
      add(visits, name, 1);
      widen(payloads, name, { inputBytes: bytesOf(details.input) });
    } else if (type.endsWith('StateExited')) {
      widen(payloads, name, { outputBytes: bytesOf(details.output) });
    } else if (type === 'MapStateStarted') {
      add(iterations, entered.get(previousEventId) ?? '', Number(details.length ?? 0));
    }
  }
  return { eventCount, payloads, visits, iterations };
}

function add(counts: Map<string, number>, name: string, more: number): void {
  counts.set(name, (counts.get(name) ?? 0) + more);
}

function widen(payloads: Map<string, PayloadUsage>, name: string, seen: Partial<PayloadUsage>): void {
  const { inputBytes = 0, outputBytes = 0 } = payloads.get(name) ?? {};
  payloads.set(name, {
    inputBytes: Math.max(inputBytes, seen.inputBytes ?? 0),
    outputBytes: Math.max(outputBytes, seen.outputBytes ?? 0),
  });
}

function bytesOf(text: unknown): number {
  return typeof text === 'string' ? Buffer.byteLength(text) : 0;
}
