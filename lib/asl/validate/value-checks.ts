import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { isJsonata } from '../jsonata.ts';
import { type Check, element, member, type Place, report } from './place.ts';

/** Any value will do. */
export const anything: Check<Json> = () => {};

/** Whether the value is a text; reports it when it is not. */
export function isTextAt(value: Json | undefined, place: Place): value is string {
  return typeof value === 'string' || refuse(place, 'Expected value of type [STRING]');
}

/** Whether the value is an object; reports it when it is not. */
export function isObjectAt(value: Json | undefined, place: Place): value is JsonObject {
  return isJsonObject(value) || refuse(place, 'Expected value of type [OBJECT]');
}

/** Whether the value is an array; reports it when it is not. */
export function isArrayAt(value: Json | undefined, place: Place): value is readonly Json[] {
  return Array.isArray(value) || refuse(place, 'Expected value of type [ARRAY]');
}

function refuse(place: Place, message: string): false {
  report(place, message);
  return false;
}

export const text: Check<Json> = (value, place) => {
  isTextAt(value, place);
};

export const flag: Check<Json> = (value, place) => {
  if (typeof value !== 'boolean') report(place, 'Expected value of type [BOOLEAN]');
};

export const object: Check<Json> = (value, place) => {
  isObjectAt(value, place);
};

export const array: Check<Json> = (value, place) => {
  isArrayAt(value, place);
};

/** A whole number within limits, both allowed. */
export function integer(minimum: number, maximum = Number.POSITIVE_INFINITY): Check<Json> {
  return (value, place) => {
    if (typeof value === 'number' && Number.isInteger(value)) checkRange(value, place, [minimum, maximum]);
    else report(place, 'Expected value of type Integer');
  };
}

/** A number within limits, both allowed. */
export function number(minimum: number, maximum = Number.POSITIVE_INFINITY): Check<Json> {
  return (value, place) => {
    if (typeof value === 'number') checkRange(value, place, [minimum, maximum]);
    else report(place, 'Expected value of type Float');
  };
}

/** One of a few texts. */
export function oneOf(...allowed: readonly string[]): Check<Json> {
  return (value, place) => {
    if (!isTextAt(value, place)) return;
    if (!allowed.includes(value)) report(place, `Value should be one of the following: [${allowed.join(', ')}]`);
  };
}

/** A JSONata expression where the state is written in JSONata, otherwise what `check` asks for. */
export function orExpression(check: Check<Json>): Check<Json> {
  return (value, place) => {
    const isExpression = place.language === 'JSONata' && typeof value === 'string' && isJsonata(value);
    if (!isExpression) check(value, place);
  };
}

/** An array that has elements, each of which passes. */
export function nonEmptyArrayOf(check: Check<Json>): Check<Json> {
  return (value, place) => {
    if (!isArrayAt(value, place)) return;
    if (value.length === 0) report(place, 'Value cannot be empty');
    for (const [index, item] of value.entries()) check(item, element(place, index));
  };
}

/** The members an object may have, by name. */
export type FieldChecks = Readonly<Record<string, Check<Json>>>;

/** An object whose every member is known and passes its own check. */
export function checkFields(value: JsonObject, place: Place, fields: FieldChecks): void {
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(fields, name)) report(place, `Field '${name}' is not supported`);
  }
  for (const [name, item] of Object.entries(value)) {
    if (Object.hasOwn(fields, name)) fields[name]?.(item, member(place, name));
  }
}

/** Reports the members that must be there and are not, all in one finding. */
export function checkRequired(value: JsonObject, place: Place, names: readonly string[]): boolean {
  const missing = names.filter((name) => value[name] === undefined);
  if (missing.length > 0) report(place, `These fields are required: [${missing.join(', ')}]`);
  return missing.length === 0;
}

/** Reports when several of the members are there that rule each other out, or, if one is needed, none. */
export function checkExclusive(
  value: JsonObject,
  place: Place,
  { names, isRequired }: { readonly names: readonly string[]; readonly isRequired: boolean },
): void {
  const presentCount = names.filter((name) => value[name] !== undefined).length;
  if (presentCount > 1) {
    report(place, `There should only be one of the following fields: [${names.join(', ')}]`);
  } else if (isRequired && presentCount === 0) {
    report(place, `This object should have only one of the following fields: [${names.join(', ')}]`);
  }
}

function checkRange(value: number, place: Place, [minimum, maximum]: readonly [number, number]): void {
  if (value < minimum) report(place, `Minimum value is ${minimum}`);
  if (value > maximum) report(place, `Maximum value is ${maximum}`);
}
