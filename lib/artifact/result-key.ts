import { checkedKey } from './store-key.ts';

/** Which attempt of which state an output belongs to; every task's context is one. */
export interface ResultOrigin {
  readonly flowName: string;
  readonly executionName: string;
  readonly executionStartedAt: Date;
  readonly stateName: string;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Position inside a Map, counting from 0. */
  readonly mapIndex?: number;
}

/** Where a task keeps what it hands on by reference; expires with its class. State names are percent-encoded. */
export function resultKey(origin: ResultOrigin, extension: string): string {
  const [year, month, day] = origin.executionStartedAt.toISOString().slice(0, 10).split('-');
  const folders = [origin.flowName, year, month, day, origin.executionName, encodeURIComponent(origin.stateName)];
  if (origin.mapIndex !== undefined) folders.push(String(origin.mapIndex));
  return checkedKey(`results/${folders.join('/')}/${origin.attempt}.${extension}`);
}
