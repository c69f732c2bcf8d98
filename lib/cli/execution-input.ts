import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { UsageError } from '../errors.ts';
import type { Flow } from '../flow/flow.ts';
import { isJsonObject, type Json } from '../json.ts';

/**
 * The input of an execution from `--input`: JSON text, or `@file`; `{}` when it is not given. `--dry-run` is a part of it.
 *
 * @throws {UsageError} no such file, no JSON (with the position), or not what the flow accepts (field, value, allowed)
 */
export async function readInput(options: { input?: string | undefined; dryRun: boolean }, flow: Flow): Promise<Json> {
  const given = options.input === undefined ? {} : await readJsonOption(options.input, '--input');
  const input = options.dryRun && isJsonObject(given) ? { ...given, dryRun: true } : given;
  const parsed = flow.input.safeParse(input);
  if (parsed.success) return input;
  const issues = parsed.error.issues.map((issue) => describeIssue(issue, input));
  throw new UsageError(`input does not fit flow '${flow.name}': ${issues.join('; ')}`, {
    hint: `it accepts ${fieldsOf(flow)}`,
  });
}

function fieldsOf({ input }: Flow): string {
  const names = Object.keys(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }).properties ?? {});
  return names.length > 0 ? `the fields ${names.join(', ')}` : 'no fields';
}

/**
 * The JSON value of an option: JSON text, or `@file`.
 *
 * @throws {UsageError} no such file, or no JSON (with the position)
 */
export async function readJsonOption(option: string, flag: string): Promise<Json> {
  return parseJson(...(await textOf(option, flag)), flag);
}

/** The text of an option, or of the `@file` it names. */
export async function readTextOption(option: string, flag: string): Promise<string> {
  const [text] = await textOf(option, flag);
  return text;
}

async function textOf(option: string, flag: string): Promise<[text: string, from: string]> {
  if (!option.startsWith('@')) return [option, flag];
  const file = option.slice(1);
  try {
    return [await readFile(file, 'utf8'), `${flag.slice(2)} file '${file}'`];
  } catch (error) {
    const reason =
      error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'does not exist' : 'cannot be read';
    throw new UsageError(`${flag.slice(2)} file '${file}' ${reason}`, { cause: error });
  }
}

function parseJson(text: string, from: string, flag: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`${from} is not valid JSON: ${whereJsonBreaks(text, error)}`, {
      cause: error,
      hint: `quote it for the shell, e.g. ${flag} '{"name": "value"}', or put it into a file: ${flag} @file.json`,
    });
  }
}

function whereJsonBreaks(text: string, error: SyntaxError): string {
  const [said = ''] = error.message.split(/ in JSON at position |, | of JSON input/, 1);
  const before = text.slice(0, breakOffset(text, error)).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  return `${said.charAt(0).toLowerCase()}${said.slice(1)} at ${place}`;
}

const unexpectedToken = 'Unexpected token';

/** V8 tells the position except for a token that cannot stand where it stands; that one is found by halving. */
function breakOffset(text: string, error: SyntaxError): number {
  const told = /at position (\d+)/.exec(error.message)?.[1];
  if (told !== undefined) return Number(told);
  if (!error.message.startsWith(unexpectedToken)) return text.length;
  let sound = 0;
  let broken = text.length;
  while (broken - sound > 1) {
    const middle = Math.floor((sound + broken) / 2);
    if (parseMessage(text.slice(0, middle)).startsWith(unexpectedToken)) broken = middle;
    else sound = middle;
  }
  return sound;
}

function parseMessage(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    // JSON.parse throws nothing but SyntaxError; its text is what is asked for
    return String((error as SyntaxError).message);
  }
}

function describeIssue(issue: z.core.$ZodIssue, input: Json): string {
  const field = issue.path.map(String).join('.');
  // what was received is said in front
  const said = `${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`.replace(
    /^invalid input: (expected [^,]+), received .*$/,
    '$1',
  );
  if (issue.code === 'unrecognized_keys') return `${issue.keys.map((key) => `'${key}'`).join(', ')} is not known`;
  return `${field ? `'${field}'` : 'the input'} is ${describeValue(input, issue.path)}: ${said}`;
}

function describeValue(input: Json, path: readonly PropertyKey[]): string {
  let value: Json | undefined = input;
  for (const key of path) value = Array.isArray(value) || isJsonObject(value) ? Reflect.get(value, key) : undefined;
  return value === undefined ? 'missing' : JSON.stringify(value);
}
