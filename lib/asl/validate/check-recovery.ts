import type { Json, JsonObject } from '../../json.ts';
import { checkVariables } from './check-variables.ts';
import { resultPath } from './path-checks.ts';
import { element, member, type Place, report } from './place.ts';
import {
  anything,
  checkFields,
  checkRequired,
  type FieldChecks,
  integer,
  isArrayAt,
  isObjectAt,
  nonEmptyArrayOf,
  number,
  oneOf,
  text,
} from './value-checks.ts';

const retrierFields: FieldChecks = {
  Comment: text,
  ErrorEquals: nonEmptyArrayOf(text),
  IntervalSeconds: integer(0, 99_999_999),
  MaxAttempts: integer(0, 99_999_999),
  BackoffRate: number(1),
  MaxDelaySeconds: integer(1, 31_622_400),
  JitterStrategy: oneOf('NONE', 'FULL'),
};

const catcherFields: FieldChecks = {
  Comment: text,
  ErrorEquals: nonEmptyArrayOf(text),
  Next: text,
  ResultPath: resultPath,
  Output: anything,
  Assign: anything,
};

export function checkRetry(retriers: Json, place: Place): void {
  checkEach(retriers, place, (retrier, at) => {
    checkRequired(retrier, at, ['ErrorEquals']);
    checkFields(retrier, at, retrierFields);
  });
}

export function checkCatch(catchers: Json, place: Place): void {
  checkEach(catchers, place, (catcher, at) => {
    checkRequired(catcher, at, ['ErrorEquals', 'Next']);
    checkFields(catcher, at, catcherFields);
    if (catcher.Assign !== undefined) checkVariables(catcher.Assign, member(at, 'Assign'));
  });
}

function checkEach(entries: Json, place: Place, check: (entry: JsonObject, place: Place) => void): void {
  if (!isArrayAt(entries, place)) return;
  for (const [index, entry] of entries.entries()) {
    const at = element(place, index);
    if (!isObjectAt(entry, at)) continue;
    check(entry, at);
    checkCatchAll(entry, at, index === entries.length - 1);
  }
}

/** `States.ALL` leaves nothing for other names beside it or entries behind it. */
function checkCatchAll(entry: JsonObject, place: Place, isLast: boolean): void {
  const { ErrorEquals: names } = entry;
  if (!Array.isArray(names) || !names.includes('States.ALL') || (names.length === 1 && isLast)) return;
  report(member(place, 'ErrorEquals'), 'States.ALL must appear alone and at end of list');
}
