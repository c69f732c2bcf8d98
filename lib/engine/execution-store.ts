import type { LogLine } from '../execution/executions.ts';
import type { ExecutionRecord } from './execution-record.ts';
import type { RecordedEvent } from './history.ts';
import type { MapRunJournal } from './map-run/journal.ts';

/** Where an execution's events are written while it runs. */
export interface HistorySink {
  take(event: RecordedEvent): void;
  /** Resolves when everything taken so far would survive a crash; nothing to wait for gives undefined. */
  settled(): Promise<void> | undefined;
  close(): Promise<void>;
}

/** Where the log lines of an execution's tasks are written while it runs. */
export interface LogSink {
  take(line: LogLine): void;
  close(): void;
}

/** Reads an execution's events as they come. */
export interface HistoryCursor {
  /** The events since the last call, maybe none. */
  next(): Promise<RecordedEvent[]>;
}

/** Names an execution. */
export interface ExecutionKey {
  readonly flowName: string;
  readonly name: string;
}

/** Where executions are kept: a folder, or memory. */
export interface ExecutionStore {
  /** False when there is one of this name already; nothing has changed then. */
  create(record: ExecutionRecord): Promise<boolean>;
  read(key: ExecutionKey): Promise<ExecutionRecord | undefined>;
  write(record: ExecutionRecord): Promise<void>;
  /** Every execution, of one flow or of all; newest first. */
  list(flowName?: string): AsyncIterable<ExecutionRecord>;
  /** Forgets every execution of a flow. */
  removeAll(flowName: string): Promise<void>;
  openHistory(key: ExecutionKey): HistorySink;
  readHistory(key: ExecutionKey): HistoryCursor;
  /** Keeps what child executions of distributed Maps did, beside their parent. */
  journal(key: ExecutionKey): MapRunJournal;
  /** Keeps what the tasks of an execution write, also those of its child executions. */
  openLogs(key: ExecutionKey): LogSink;
  readLogs(key: ExecutionKey): AsyncIterable<LogLine>;
}
