import { type Cursor, peek, take, takeMatch } from '../json-path/cursor.ts';

/** Where and why a text stops being JSON, in the words of the Java reader behind the service. */
export interface JsonProblem {
  readonly message: string;
  /** `[Source: (String)"…"; line: 1, column: 4]` */
  readonly location: string;
}

/** Longest part of the text that the location repeats, in characters. */
const longestSource = 500;

/** The first problem of a text that is not JSON; undefined when it is. */
export function findJsonProblem(text: string): JsonProblem | undefined {
  const cursor: Cursor = { text, position: 0 };
  const message = scanValue(cursor) || scanEnd(cursor);
  if (message === '') return undefined;
  const location = `[Source: (String)${quoted(text)}; ${lineAndColumn(text, cursor.position)}]`;
  return { message: `${message}\n at ${location}`, location };
}

const spaces = /[ \t\r\n]*/y;
const literal = /true|false|null/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /[\p{L}\p{N}_$]+/uy;
const characters = /(?:[^"\\\p{Cc}]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*/uy;

// every scanner moves past what is well-formed and returns what is wrong behind it, or '' when nothing is

function scanValue(cursor: Cursor): string {
  takeMatch(cursor, spaces);
  if (take(cursor, '{')) return scanMembers(cursor);
  if (take(cursor, '[')) return scanElements(cursor);
  if (take(cursor, '"')) return scanText(cursor);
  const start = cursor.position;
  const isKnown = takeMatch(cursor, literal) !== undefined || takeMatch(cursor, number) !== undefined;
  if (takeMatch(cursor, word) === undefined) return isKnown ? '' : unexpected(cursor, 'expected a value');
  const token = cursor.text.slice(start, cursor.position);
  return `Unrecognized token '${token}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;
}

function scanMembers(cursor: Cursor): string {
  takeMatch(cursor, spaces);
  if (take(cursor, '}')) return '';
  do {
    takeMatch(cursor, spaces);
    if (!take(cursor, '"')) return unexpected(cursor, 'was expecting double-quote to start field name');
    const nameProblem = scanText(cursor);
    if (nameProblem) return nameProblem;
    takeMatch(cursor, spaces);
    if (!take(cursor, ':')) return unexpected(cursor, 'was expecting a colon to separate field name and value');
    const problem = scanValue(cursor);
    if (problem) return problem;
    takeMatch(cursor, spaces);
  } while (take(cursor, ','));
  return take(cursor, '}') ? '' : unexpected(cursor, 'was expecting comma to separate Object entries');
}

function scanElements(cursor: Cursor): string {
  takeMatch(cursor, spaces);
  if (take(cursor, ']')) return '';
  do {
    const problem = scanValue(cursor);
    if (problem) return problem;
    takeMatch(cursor, spaces);
  } while (take(cursor, ','));
  return take(cursor, ']') ? '' : unexpected(cursor, 'was expecting comma to separate Array entries');
}

function scanText(cursor: Cursor): string {
  takeMatch(cursor, characters);
  if (take(cursor, '"')) return '';
  if (peek(cursor) === '') return 'Unexpected end-of-input: was expecting closing quote for a string value';
  return unexpected(cursor, 'was expecting a character that may stand in a string value');
}

function scanEnd(cursor: Cursor): string {
  takeMatch(cursor, spaces);
  return peek(cursor) === '' ? '' : unexpected(cursor, 'expected the end of the input');
}

/** Moves past the character that should not be there, as the reader has when it notices. */
function unexpected(cursor: Cursor, expected: string): string {
  const character = peek(cursor);
  if (character === '') return `Unexpected end-of-input: ${expected}`;
  cursor.position += 1;
  return `Unexpected character ('${character}' (code ${character.charCodeAt(0)})): ${expected}`;
}

function quoted(text: string): string {
  if (text.length <= longestSource) return `"${text}"`;
  return `"${text.slice(0, longestSource)}"[truncated ${text.length - longestSource} chars]`;
}

function lineAndColumn(text: string, position: number): string {
  const lines = text.slice(0, position).split('\n');
  return `line: ${lines.length}, column: ${(lines.at(-1)?.length ?? 0) + 1}`;
}
