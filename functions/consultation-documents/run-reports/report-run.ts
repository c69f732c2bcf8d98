import * as z from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../../../lib/json.ts';
import { defineTask, type Task } from '../../../lib/task/define-task.ts';
import { type RunReport, reportRun } from '../../../lib/task/run-report.ts';

const json = z.custom<Json>((value) => value !== undefined, 'missing');

/** How an execution ended, as its state machine saw it. */
const ending = z.object({
  executionArn: z.string(),
  /** What the execution answers; absent when it failed. */
  output: json.optional(),
  /** `$states.errorOutput` of the state that failed; absent when it succeeded. */
  failure: z.object({ Error: z.string().optional(), Cause: z.string().optional() }).optional(),
});

const reported = z.object({ status: z.enum(['SUCCEEDED', 'WARNING', 'FAILED']) });

/**
 * The task with which a flow tells people of its end: every number and short text of its output is a figure, and what
 * it lists as `warnings` makes it a warning.
 *
 * @see the specification of consultation-documents, section 6
 */
export function reportRunOf({ icon }: { icon?: string } = {}): Task<typeof ending, typeof reported> {
  return defineTask({ input: ending, output: reported }, async ({ executionArn, output, failure }, context) => {
    const report: RunReport = {
      executionArn,
      ...(icon && { icon }),
      ...(failure ? failed(failure) : succeeded(output ?? null)),
    };
    await reportRun(context, report);
    return { status: report.status };
  });
}

function failed({ Error: name = 'unknown', Cause: cause = '' }: NonNullable<z.output<typeof ending>['failure']>) {
  return { status: 'FAILED', error: { name, cause: messageIn(cause) } } as const;
}

function succeeded(output: Json): Pick<RunReport, 'status' | 'figures' | 'warnings'> {
  const warnings = warningsIn(output);
  return { status: warnings.length > 0 ? 'WARNING' : 'SUCCEEDED', figures: figuresIn(output), warnings };
}

/** Lambda gives a cause as `{"errorMessage": …, "trace": […]}`; the message is what people read. */
function messageIn(cause: string): string {
  try {
    const parsed: Json = JSON.parse(cause);
    return isJsonObject(parsed) && typeof parsed.errorMessage === 'string' ? parsed.errorMessage : cause;
  } catch {
    return cause; // plain words already
  }
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
