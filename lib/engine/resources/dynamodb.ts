import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { serviceError } from './service-error.ts';
import type { TaskResource } from './task-resource.ts';

/** Tables in memory: which attributes are each table's key. */
export type TableKeys = Readonly<Record<string, readonly string[]>>;

/**
 * `dynamodb:getItem`, `putItem` and `deleteItem` on tables in memory, in both spellings of the integration.
 *
 * Expressions are not understood: a call that has one fails, rather than doing something else.
 */
export function dynamoDbResources(keys: TableKeys): Readonly<Record<string, TaskResource>> {
  const tables = new Map(Object.keys(keys).map((name) => [name, new Map<string, JsonObject>()]));
  const tableOf = (parameters: JsonObject): { items: Map<string, JsonObject>; keyOf: (item: Json) => string } => {
    refuseExpressions(parameters);
    const name = String(parameters.TableName);
    const items = tables.get(name);
    const keyNames = keys[name];
    if (!items || !keyNames) throw problem('ResourceNotFoundException', 'Requested resource not found');
    const keyOf = (item: Json) =>
      JSON.stringify(keyNames.map((key) => (isJsonObject(item) ? (item[key] ?? null) : null)));
    return { items, keyOf };
  };
  const calls: Readonly<Record<string, (parameters: JsonObject) => Json>> = {
    getItem(parameters): JsonObject {
      const { items, keyOf } = tableOf(parameters);
      const item = items.get(keyOf(parameters.Key ?? null));
      return item ? { Item: item } : {};
    },
    putItem(parameters) {
      const { items, keyOf } = tableOf(parameters);
      if (!isJsonObject(parameters.Item)) throw missing('item');
      items.set(keyOf(parameters.Item), parameters.Item);
      return {};
    },
    deleteItem(parameters) {
      const { items, keyOf } = tableOf(parameters);
      items.delete(keyOf(parameters.Key ?? null));
      return {};
    },
  };
  const named = Object.entries(calls).flatMap(([api, run]) => {
    const resource: TaskResource = { call: ({ parameters }) => run(isJsonObject(parameters) ? parameters : {}) };
    return [`dynamodb:${api}`, `aws-sdk:dynamodb:${api}`].map((name) => [name, resource] as const);
  });
  return Object.fromEntries(named);
}

function refuseExpressions(parameters: JsonObject): void {
  const expression = Object.keys(parameters).find((name) => name.endsWith('Expression'));
  if (expression) throw problem('ValidationException', `the local tables do not understand a ${expression}`);
}

function missing(name: string) {
  const message = `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`;
  return problem('ValidationException', message);
}

function problem(code: string, message: string) {
  const error = code === 'ValidationException' ? 'DynamoDB.AmazonDynamoDBException' : `DynamoDB.${code}`;
  return serviceError({ service: 'AmazonDynamoDBv2', error, code, message });
}
