import type { Json } from '../../json.ts';
import { comparisons } from '../choice-comparisons.ts';
import { parseTimestamp } from '../rfc3339.ts';
import { path, pathOrIntrinsic, pathOrNull, referencePath, resultPath, template } from './path-checks.ts';
import { type Check, report } from './place.ts';
import {
  anything,
  array,
  type FieldChecks,
  flag,
  integer,
  isTextAt,
  number,
  object,
  oneOf,
  orExpression,
  text,
} from './value-checks.ts';

/** Longest time a state may be told to take or wait, in seconds. */
const maxSeconds = 99_999_999;

const everywhere = { Type: anything, Comment: text, QueryLanguage: oneOf('JSONPath', 'JSONata') };
const flow = { Next: text, End: flag };
const inputOutput = { InputPath: pathOrNull, OutputPath: pathOrNull, Output: anything };
const assigned = { Assign: orExpression(object) };
const result = { ResultPath: resultPath, ResultSelector: template };
const recovery = { Retry: anything, Catch: anything };

const timestamp: Check<Json> = (value, place) => {
  if (typeof value !== 'string' || parseTimestamp(value) === undefined) {
    report(place, 'String does not match RFC3339 timestamp');
  }
};

const label: Check<Json> = (value, place) => {
  if (!isTextAt(value, place)) return;
  const refuse = (problem: string) => report(place, `Label name '${value}' ${problem}`, 'INVALID_LABEL_NAME');
  if (value === '') refuse('is empty');
  if (value.length > 40) refuse('exceeds the 40-character limit allowed by the service');
  if (/[\s\p{Cc}?*<>{}[\]:;,\\|^~$#%&`"]/u.test(value)) refuse('contains invalid characters');
};

const seconds = orExpression(integer(1, maxSeconds));

/**
 * What each type of state may hold, and how its members are checked; `Retry`, `Catch`, `Choices`, `Branches` and item
 * processors have rules of their own elsewhere.
 */
export const stateFields: Readonly<Record<string, FieldChecks>> = {
  Pass: {
    ...everywhere,
    ...flow,
    ...inputOutput,
    ...assigned,
    Result: anything,
    ResultPath: resultPath,
    Parameters: template,
  },
  Task: {
    ...everywhere,
    ...flow,
    ...inputOutput,
    ...assigned,
    ...result,
    ...recovery,
    Parameters: template,
    Arguments: anything,
    Resource: anything,
    Credentials: template,
    TimeoutSeconds: seconds,
    TimeoutSecondsPath: path,
    HeartbeatSeconds: seconds,
    HeartbeatSecondsPath: path,
  },
  Wait: {
    ...everywhere,
    ...flow,
    ...inputOutput,
    ...assigned,
    Seconds: orExpression(integer(0, maxSeconds)),
    SecondsPath: path,
    Timestamp: orExpression(timestamp),
    TimestampPath: path,
  },
  Parallel: {
    ...everywhere,
    ...flow,
    ...inputOutput,
    ...assigned,
    ...result,
    ...recovery,
    Parameters: template,
    Arguments: anything,
    Branches: anything,
  },
  Map: {
    ...everywhere,
    ...flow,
    ...inputOutput,
    ...assigned,
    ...result,
    ...recovery,
    Parameters: template,
    ItemProcessor: anything,
    Iterator: anything,
    ItemsPath: referencePath,
    Items: orExpression(array),
    ItemSelector: template,
    ItemReader: object,
    ItemBatcher: object,
    ResultWriter: object,
    MaxConcurrency: orExpression(integer(0)),
    MaxConcurrencyPath: path,
    ToleratedFailurePercentage: orExpression(number(0, 100)),
    ToleratedFailurePercentagePath: path,
    ToleratedFailureCount: orExpression(integer(0)),
    ToleratedFailureCountPath: path,
    Label: label,
  },
  Choice: { ...everywhere, ...inputOutput, ...assigned, Choices: anything, Default: text },
  Succeed: { ...everywhere, ...inputOutput },
  Fail: { ...everywhere, Error: text, ErrorPath: pathOrIntrinsic, Cause: text, CausePath: pathOrIntrinsic },
};

/** Fields that only states written in JSONPath have. */
export const jsonPathFields: ReadonlySet<string> = new Set([
  'InputPath',
  'OutputPath',
  'ResultPath',
  'Parameters',
  'ResultSelector',
  'Result',
  'ItemsPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'SecondsPath',
  'TimestampPath',
  'MaxConcurrencyPath',
  'ToleratedFailurePercentagePath',
  'ToleratedFailureCountPath',
  'ErrorPath',
  'CausePath',
]);

/** Fields that only states written in JSONata have. */
export const jsonataFields: ReadonlySet<string> = new Set(['Arguments', 'Output', 'Items']);

/** Members of a choice rule that compare, and those of them that take a path. */
export const comparisonFields: ReadonlySet<string> = new Set([
  ...Object.keys(comparisons).flatMap((name) => (name.startsWith('Is') ? [name] : [name, `${name}Path`])),
  'IsPresent',
]);
