import { UsageError } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';

/**
 * Reads the fields of one object of a definition; every complaint names the place, what was found and what is allowed.
 *
 * Whether the definition as a whole makes sense is {@link file://./lint.ts}'s business.
 */
export interface Fields {
  /** For messages: `state 'FetchPrices'`. */
  readonly place: string;
  readonly object: JsonObject;
  has(name: string): boolean;
  text(name: string): string;
  optionalText(name: string): string | undefined;
  optionalNumber(name: string): number | undefined;
  texts(name: string): string[];
  /** The fields of the object in `name`; `undefined` when there is none. */
  nested(name: string): Fields | undefined;
  /** The fields of each object in the array in `name`; none when it is absent. */
  each(name: string): Fields[];
  required(name: string): Json;
  /** Makes the error for a field that cannot be used. */
  refuse(name: string, allowed: string): UsageError;
}

/** @throws {UsageError} from its readers, for a field that has another type than asked for */
export function fieldsOf(object: JsonObject, place: string): Fields {
  const refuse = (name: string, allowed: string) => {
    const found = name in object ? ` is ${shorten(object[name] ?? null)}` : ' is missing';
    return new UsageError(`'${name}' of ${place}${found}; it must be ${allowed}`);
  };
  const optional = <T extends Json>(name: string, allowed: string, is: (value: Json) => value is T) => {
    const value = object[name];
    if (value === undefined) return undefined;
    if (!is(value)) throw refuse(name, allowed);
    return value;
  };
  const fields: Fields = {
    place,
    object,
    refuse,
    has: (name) => name in object,
    optionalText: (name) => optional(name, 'a string', isText),
    optionalNumber: (name) => optional(name, 'a number', isNumber),
    text: (name) => fields.optionalText(name) ?? raise(refuse(name, 'a string')),
    texts: (name) => [
      ...(optional(name, 'an array of strings', areTexts) ?? raise(refuse(name, 'an array of strings'))),
    ],
    nested: (name) => {
      const value = optional(name, 'an object', isJsonObject);
      return value && fieldsOf(value, `'${name}' of ${place}`);
    },
    each: (name) => {
      const entries = optional(name, 'an array of objects', areObjects) ?? [];
      return entries.map((entry, index) => fieldsOf(entry, `'${name}[${index}]' of ${place}`));
    },
    required: (name) => object[name] ?? (name in object ? null : raise(refuse(name, 'there'))),
  };
  return fields;
}

function raise(error: UsageError): never {
  throw error;
}

const isText = (value: Json): value is string => typeof value === 'string';
const isNumber = (value: Json): value is number => typeof value === 'number';
const areTexts = (value: Json): value is readonly string[] => Array.isArray(value) && value.every(isText);
const areObjects = (value: Json): value is readonly JsonObject[] =>
  Array.isArray(value) && value.every((entry) => isJsonObject(entry));

function shorten(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
