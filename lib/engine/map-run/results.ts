import type { Json, JsonObject } from '../../json.ts';
import { dataLimitExceeded } from '../failure.ts';
import { maxPayloadBytes, textOf } from '../payload.ts';
import type { ChildEnd } from './journal.ts';

/** A child execution that has ended, as a Map Run reports it. */
export interface ChildResult extends ChildEnd {
  readonly executionArn: string;
  readonly name: string;
  readonly input: Json;
}

/** Takes the results of child executions, in the order they end, and makes the Map's result of them. */
export interface ResultSink {
  take(result: ChildResult): Promise<void> | undefined;
  finish(): Promise<Json>;
  /** Ends instead of `finish` when the Map Run has failed. */
  abandon(): Promise<void>;
}

/** `WriterConfig`'s ways to write results down. */
export type Transformation = 'NONE' | 'COMPACT' | 'FLATTEN';

/**
 * Collects the results as the Map's own result, in the order of the items.
 *
 * More than a payload can hold is not kept: such a Map fails at its end.
 */
export function collectResults(stateName: string, write: (result: ChildResult) => Json): ResultSink {
  const collected: { index: number; value: Json }[] = [];
  let sizeBytes = 2;
  return {
    take(result) {
      if (result.status !== 'SUCCEEDED') return undefined;
      const value = write(result);
      sizeBytes += textOf(value).length + 1;
      if (sizeBytes <= maxPayloadBytes + 1) collected.push({ index: result.index, value });
      else collected.length = 0;
      return undefined;
    },
    async finish() {
      if (sizeBytes > maxPayloadBytes + 1) throw dataLimitExceeded(stateName);
      return collected.sort((one, other) => one.index - other.index).map(({ value }) => value);
    },
    abandon: async () => undefined,
  };
}

/** One result in the shape that `DescribeExecution` has, or only what the child gave. */
export function writtenResult(result: ChildResult, transformation: Transformation, stateMachineArn: string): Json {
  if (transformation !== 'NONE' && result.status === 'SUCCEEDED') return result.output ?? null;
  const described: JsonObject = {
    ExecutionArn: result.executionArn,
    Input: textOf(result.input),
    InputDetails: { Included: true },
    Name: result.name,
    ...(result.output !== undefined && { Output: textOf(result.output), OutputDetails: { Included: true } }),
    ...(result.error !== undefined && { Error: result.error }),
    ...(result.cause !== undefined && { Cause: result.cause }),
    StartDate: new Date(result.startedAtMs).toISOString(),
    StateMachineArn: stateMachineArn,
    Status: result.status,
    StopDate: new Date(result.stoppedAtMs).toISOString(),
  };
  return described;
}
