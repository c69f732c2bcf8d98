import { isJsonObject, type Json } from '../../json.ts';

/** The shape of an answer of an API, as far as TestState looks at it. */
export type Shape =
  | { readonly type: 'string'; readonly minimumLength?: number; readonly maximumLength?: number }
  | { readonly type: 'number'; readonly minimum?: number; readonly maximum?: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'array'; readonly items: Shape }
  /** Keys of the sender's choosing. */
  | { readonly type: 'map'; readonly values: Shape }
  | { readonly type: 'object'; readonly fields: Readonly<Record<string, Shape>>; readonly required?: readonly string[] }
  | { readonly type: 'anything' };

interface Strictness {
  /** Whether fields that the API always answers with must be there. */
  readonly isStrict: boolean;
}

/**
 * The first thing about a mocked answer that the API could not have answered, in the service's words; undefined when
 * there is none. Fields the API does not know are left alone.
 *
 * @param name of the field; the service names fields without the ones around them
 */
export function checkResultShape(value: Json, shape: Shape, strictness: Strictness, name = ''): string | undefined {
  switch (shape.type) {
    case 'anything':
      return undefined;
    case 'string':
      return typeof value === 'string' ? checkLength(value, shape, name) : `Field '${name}' must be a string`;
    case 'number':
      return typeof value === 'number' ? checkRange(value, shape, name) : `Field '${name}' must be a number`;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `Field '${name}' must be a boolean`;
    case 'array': {
      if (!Array.isArray(value)) return `Field '${name}' must be an array`;
      return firstOf(value.map((item: Json) => checkResultShape(item, shape.items, strictness, name)));
    }
    case 'map': {
      if (!isJsonObject(value)) return `Field '${name}' must be an object`;
      return firstOf(Object.values(value).map((item) => checkResultShape(item, shape.values, strictness, name)));
    }
    case 'object':
      return checkObject(value, shape, strictness, name);
  }
}

function checkObject(
  value: Json,
  shape: Extract<Shape, { type: 'object' }>,
  strictness: Strictness,
  name: string,
): string | undefined {
  if (!isJsonObject(value)) return `Field '${name}' must be an object`;
  const missing = strictness.isStrict ? shape.required?.find((field) => value[field] === undefined) : undefined;
  if (missing !== undefined) return `Required field '${missing}' is missing`;
  const known = Object.entries(value).filter(([field]) => Object.hasOwn(shape.fields, field));
  return firstOf(
    known.map(([field, item]) =>
      checkResultShape(item, shape.fields[field] ?? { type: 'anything' }, strictness, field),
    ),
  );
}

function checkLength(value: string, shape: Extract<Shape, { type: 'string' }>, name: string): string | undefined {
  if (value.length < (shape.minimumLength ?? 0)) return `Field '${name}' is smaller than the minimum length`;
  if (value.length > (shape.maximumLength ?? Number.POSITIVE_INFINITY))
    return `Field '${name}' exceeds the maximum length`;
  return undefined;
}

function checkRange(value: number, shape: Extract<Shape, { type: 'number' }>, name: string): string | undefined {
  if (value < (shape.minimum ?? Number.NEGATIVE_INFINITY)) return `Field '${name}' is less than the minimum value`;
  if (value > (shape.maximum ?? Number.POSITIVE_INFINITY)) return `Field '${name}' exceeds the maximum value`;
  return undefined;
}

function firstOf(problems: readonly (string | undefined)[]): string | undefined {
  return problems.find((problem) => problem !== undefined);
}
