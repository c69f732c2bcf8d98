import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Json } from '../../lib/json.ts';

const behaviour: z.ZodType<FunctionBehaviour> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('echo') }),
    z.object({ kind: z.literal('return'), value: z.json() }),
    z.object({ kind: z.literal('returnText'), text: z.object({ repeat: z.string(), count: z.number() }) }),
    z.object({ kind: z.literal('raise'), errorType: z.string(), errorMessage: z.string() }),
    // biome-ignore lint/suspicious/noThenProperty: the format of the cases names it so, and nothing awaits it
    z.object({ kind: z.literal('delay'), seconds: z.number(), then: behaviour }),
  ]),
);

/** What a function does when a case calls it. */
export type FunctionBehaviour =
  | { readonly kind: 'echo' }
  | { readonly kind: 'return'; readonly value: Json }
  | { readonly kind: 'returnText'; readonly text: { readonly repeat: string; readonly count: number } }
  | { readonly kind: 'raise'; readonly errorType: string; readonly errorMessage: string }
  | { readonly kind: 'delay'; readonly seconds: number; readonly then: FunctionBehaviour };

const integration = z.object({
  event: z.string(),
  resource: z.string(),
  resourceType: z.string().optional(),
  submitted: z.json().optional(),
  output: z.json().optional(),
  failed: z.string().optional(),
  error: z.string().optional(),
  cause: z.json().optional(),
});

/** What another service answered when the case was recorded. */
export type Integration = z.infer<typeof integration>;

const caseSchema = z.object({
  id: z.string(),
  group: z.string(),
  kind: z.enum(['execution', 'create', 'validate', 'testState', 'variableReferences']),
  definition: z.record(z.string(), z.json()).optional(),
  definitionText: z.string().optional(),
  type: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
  input: z.json().optional(),
  lambdas: z.record(z.string(), behaviour).default({}),
  s3: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  activities: z.record(z.string(), z.object({ exists: z.boolean(), workerName: z.string().optional() })).default({}),
  integrations: z.array(integration).default([]),
  request: z.record(z.string(), z.json()).default({}),
  expected: z.record(z.string(), z.json()),
  features: z.array(z.string()).default([]),
  awsValidated: z.boolean(),
  /** `DD-MM-YYYY` */
  recordedOn: z.string(),
});

/** One recorded answer of the service, and everything needed to ask for it again. */
export type ConformanceCase = z.infer<typeof caseSchema>;

/** The definition of a case as text, which is how the service takes it. */
export function definitionText({ definition, definitionText: text }: ConformanceCase): string {
  return text ?? JSON.stringify(definition ?? {});
}

/**
 * Reads the cases of one file, or of every JSON file of a folder in the order of their names.
 *
 * @throws {z.ZodError} a file holds something else than cases
 */
export function loadCases(path: string): ConformanceCase[] {
  if (!statSync(path).isDirectory()) return readCases(path);
  const files = readdirSync(path).filter((name) => name.endsWith('.json'));
  return files.sort().flatMap((name) => readCases(join(path, name)));
}

function readCases(file: string): ConformanceCase[] {
  return z.array(caseSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
}
