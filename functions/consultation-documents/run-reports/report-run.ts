import * as z from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../../../lib/json.ts';
import { defineTask, type Task } from '../../../lib/task/define-task.ts';
import { reportRun } from '../../../lib/task/run-report.ts';

const json = z.custom<Json>((value) => value !== undefined, 'missing');

/** What an execution that succeeded is about to answer. */
const ending = z.object({ executionArn: z.string(), output: json });

const reported = z.object({ status: z.enum(['SUCCEEDED', 'WARNING']) });

/**
 * The task with which a flow tells people that it succeeded: every number and short text of its output is a figure, and
 * what it lists as `warnings` makes it a warning.
 *
 * @see the specification of consultation-documents, section 6
 */
export function reportRunOf({ icon }: { icon?: string } = {}): Task<typeof ending, typeof reported> {
  return defineTask({ input: ending, output: reported }, async ({ executionArn, output }, context) => {
    const warnings = warningsIn(output);
    const status = warnings.length > 0 ? 'WARNING' : 'SUCCEEDED';
    await reportRun(context, { status, executionArn, figures: figuresIn(output), warnings, ...(icon && { icon }) });
    return { status };
  });
}

/** A publication is one figure, named after its artifact; other objects are looked into. */
function figuresIn(value: Json): Record<string, string | number> {
  if (Array.isArray(value)) return Object.assign({}, ...value.map(figuresIn));
  if (!isJsonObject(value)) return {};
  if (isPublication(value)) return { [String(value.artifact)]: `${value.rows} rows, ${value.status}` };
  return Object.assign(
    {},
    ...Object.entries(value).map(([name, each]) =>
      typeof each === 'number' || typeof each === 'string' ? { [name]: each } : figuresIn(each),
    ),
  );
}

function isPublication(value: JsonObject): boolean {
  return ['artifact', 'rows', 'status'].every((name) => name in value);
}

function warningsIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(warningsIn);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    name === 'warnings' && Array.isArray(each) ? each.map(String) : warningsIn(each),
  );
}
