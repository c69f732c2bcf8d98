import type * as z from 'zod';
import { ServiceException } from '../execution/service/service-exception.ts';

/** A request that does not fit its schema, as the service refuses it: wrong types first, else every bound it breaks. */
export function refusedRequest(error: z.ZodError, request: unknown): ServiceException {
  const mistyped = error.issues.find((issue) => issue.code === 'invalid_type' && valueAt(request, issue.path) != null);
  if (mistyped?.code === 'invalid_type') {
    const message = `${memberOf(mistyped) || 'the request'} cannot be read as ${mistyped.expected}`;
    return new ServiceException('SerializationException', message);
  }
  const problems = error.issues.map((issue) => sayProblem(issue, request));
  const count = problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`;
  return new ServiceException('ValidationException', `${count} detected: ${problems.join('; ')}`);
}

function sayProblem(issue: z.core.$ZodIssue, request: unknown): string {
  const value = valueAt(request, issue.path);
  const shown = value == null ? 'null' : `'${typeof value === 'string' ? value : JSON.stringify(value)}'`;
  const where = typeof value === 'string' && value.length > 1_000 ? 'Value' : `Value ${shown}`;
  return `${where} at '${memberOf(issue)}' failed to satisfy constraint: ${constraintOf(issue)}`;
}

/** The broken constraint in the service's words. */
function constraintOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return 'Member must not be null';
    case 'too_small':
      return `Member must have ${measureOf(issue.origin)} greater than or equal to ${issue.minimum}`;
    case 'too_big':
      return `Member must have ${measureOf(issue.origin)} less than or equal to ${issue.maximum}`;
    case 'invalid_value':
      return `Member must satisfy enum value set: [${issue.values.map(String).join(', ')}]`;
    default:
      return issue.message;
  }
}

function measureOf(origin: string): string {
  return origin === 'string' || origin === 'array' ? 'length' : 'value';
}

function memberOf({ path }: z.core.$ZodIssue): string {
  return path.map(String).join('.');
}

function valueAt(request: unknown, path: readonly PropertyKey[]): unknown {
  let value = request;
  for (const key of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return value;
}
