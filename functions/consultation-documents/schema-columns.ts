import * as z from 'zod';
import type { Column, ColumnType, RowRule } from '../../lib/contract.ts';
import { quoteName, quoteText } from '../../lib/table/quote.ts';

/** A time without zone in ISO form; in a table it is a timestamp. */
export const timestamp = z.iso.datetime({ local: true }).meta({ columnType: 'ts' });

type JsonSchema = z.core.JSONSchema.JSONSchema;

/**
 * The columns of the table that holds a schema's rows, in the schema's order.
 *
 * @throws {Error} a field is of a kind that no column holds
 */
export function columnsOf(schema: z.ZodObject): Column[] {
  return fieldsOf(schema).map(({ name, field, nullable }) => ({ name, type: columnType(name, field), nullable }));
}

/**
 * The schema's checks on single values as rules in SQL: what rows are checked by one at a time is checked again in the
 * file that is to be published.
 */
export function rulesOf(schema: z.ZodObject): RowRule[] {
  return fieldsOf(schema).flatMap(({ name, field, nullable }) =>
    conditionsOn(name, field).map(({ says, holds }) => ({
      name: `${name} ${says}`,
      holds: nullable ? `${quoteName(name)} IS NULL OR ${holds}` : holds,
      onFailure: 'fail' as const,
    })),
  );
}

function fieldsOf(schema: z.ZodObject): { name: string; field: JsonSchema; nullable: boolean }[] {
  const { properties = {} } = z.toJSONSchema(schema);
  return Object.entries(properties).map(([name, property]) => {
    const field = asSchema(property);
    const options = field.anyOf?.map(asSchema) ?? typesOf(field).map((type) => ({ ...field, type }));
    const value = options.find(({ type }) => type !== 'null') ?? field;
    return { name, field: value, nullable: options.some(({ type }) => type === 'null') };
  });
}

/** zod writes `["string", "null"]` for a nullable field without further checks. */
function typesOf({ type }: JsonSchema): NonNullable<JsonSchema['type']>[] {
  const types: unknown = type;
  return (Array.isArray(types) ? types : [types]).filter((each) => each !== undefined);
}

/** JSON Schema also knows `true` and `false` as schemas; zod writes them for no field that a column holds. */
function asSchema(schema: JsonSchema | boolean): JsonSchema {
  return typeof schema === 'boolean' ? {} : schema;
}

function columnType(name: string, field: JsonSchema): ColumnType {
  if (field.type !== 'array') return scalarType(name, field);
  const item = typeof field.items === 'object' && !Array.isArray(field.items) ? field.items : {};
  if (item.type !== 'object') return `${scalarType(name, item)}[]`;
  const fields = Object.entries(item.properties ?? {}).map(
    ([key, property]) => `${key}: ${scalarType(`${name}.${key}`, asSchema(property))}`,
  );
  return `{${fields.join(', ')}}[]` as ColumnType; // every field is a scalar
}

const scalarTypes = { string: 'string', integer: 'int', number: 'float', boolean: 'bool' } as const;

function scalarType(name: string, field: JsonSchema): 'ts' | (typeof scalarTypes)[keyof typeof scalarTypes] {
  if (field.columnType === 'ts') return 'ts';
  const type = Object.entries(scalarTypes).find(([jsonType]) => jsonType === field.type)?.[1];
  if (type) return type;
  throw new Error(`the field '${name}' is of a kind that no column holds: ${JSON.stringify(field)}`);
}

function conditionsOn(name: string, field: JsonSchema): { says: string; holds: string }[] {
  const column = quoteName(name);
  if (field.columnType === 'ts') return [];
  const item = typeof field.items === 'object' && !Array.isArray(field.items) ? field.items : undefined;
  return [
    field.enum && { says: 'is in its vocabulary', holds: `${column} IN (${sqlTexts(field.enum)})` },
    item?.enum && { says: 'are in their vocabulary', holds: `list_has_all([${sqlTexts(item.enum)}], ${column})` },
    field.minLength && {
      says: `has ${field.minLength} characters or more`,
      holds: `length(${column}) >= ${field.minLength}`,
    },
    field.pattern && {
      says: 'has its form',
      holds: `regexp_matches(${column}, ${quoteText(field.pattern)})`,
    },
  ].filter((condition) => typeof condition === 'object');
}

function sqlTexts(values: readonly unknown[]): string {
  return values.map((value) => quoteText(String(value))).join(', ');
}
