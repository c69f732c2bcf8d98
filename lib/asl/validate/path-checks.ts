import { UsageError } from '../../errors.ts';
import { isJsonObject, type Json } from '../../json.ts';
import { compileIntrinsic, isIntrinsicCall } from '../intrinsics/intrinsic.ts';
import { isJsonPath } from '../json-path.ts';
import { compileReferencePath } from '../reference-path.ts';
import { type Check, element, member, report } from './place.ts';

/** A JSONPath, or null where that means "nothing" (`InputPath`, `OutputPath`). */
export const pathOrNull: Check<Json> = (value, place) => {
  if (value !== null) path(value, place);
};

export const path: Check<Json> = (value, place) => {
  if (typeof value !== 'string' || !isJsonPath(value)) report(place, 'Value must be a valid JSONPath.');
};

/** A path, or an intrinsic call that gives a text (`ErrorPath`, `CausePath`). */
export const pathOrIntrinsic: Check<Json> = (value, place) => {
  if (typeof value !== 'string' || !isDynamic(value)) report(place, 'Value must be a valid JSONPath.');
};

/** A path to exactly one place in the input (`ItemsPath`, `Variable`). */
export const referencePath: Check<Json> = (value, place) => {
  if (typeof value !== 'string' || !value.startsWith('$')) {
    report(place, "Value is not a Reference Path: Reference path didn't start with '$'");
  } else if (!isReferencePath(value)) {
    report(place, 'Value is not a Reference Path');
  }
};

/** A place to put a result: in the input, so neither the context object nor a variable; or null for nowhere. */
export const resultPath: Check<Json> = (value, place) => {
  if (value !== null) referencePath(value, place);
};

/** A payload template: the texts of its `.$` members must be paths or intrinsic calls. */
export const template: Check<Json> = (value, place) => {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) template(item, element(place, index));
  }
  if (!isJsonObject(value)) return;
  for (const [name, item] of Object.entries(value)) {
    if (!name.endsWith('.$')) template(item, member(place, name));
    else if (typeof item !== 'string' || !isDynamic(item)) {
      report(place, `The value for the field '${name}' must be a valid JSONPath or a valid intrinsic function call`);
    }
  }
};

function isDynamic(text: string): boolean {
  return isIntrinsicCall(text) ? compiles(() => compileIntrinsic(text)) : isJsonPath(text);
}

function isReferencePath(text: string): boolean {
  return compiles(() => compileReferencePath(text));
}

function compiles(compile: () => unknown): boolean {
  try {
    compile();
    return true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}
