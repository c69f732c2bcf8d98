import { UsageError } from '../../errors.ts';
import { type Cursor, peek, readNested, take, takeMatch, takeQuoted, unexpected } from '../json-path/cursor.ts';
import type { IntrinsicArgument, IntrinsicCall } from './intrinsic-syntax.ts';

const functionName = /[A-Za-z][A-Za-z0-9]*/y;
const number = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;
const constant = /true|false|null/y;
const spaces = /\s*/y;

/**
 * Reads `States.Name(argument, …)`; an argument is a call, a path, a number, true, false, null or a text in single
 * quotes.
 *
 * @throws {UsageError} the text is no such call; the message tells the position
 */
export function parseIntrinsic(text: string): IntrinsicCall {
  const cursor: Cursor = { text, position: 0 };
  takeMatch(cursor, spaces);
  const call = parseCall(cursor);
  takeMatch(cursor, spaces);
  if (cursor.position < text.length) throw unexpected(cursor, 'the end of the call');
  return call;
}

function parseCall(cursor: Cursor): IntrinsicCall {
  if (!take(cursor, 'States.')) throw unexpected(cursor, "'States.'");
  const name = takeMatch(cursor, functionName);
  if (name === undefined) throw unexpected(cursor, 'the name of a function');
  if (!take(cursor, '(')) throw unexpected(cursor, "'('");
  const found: IntrinsicArgument[] = [];
  for (takeMatch(cursor, spaces); !take(cursor, ')'); takeMatch(cursor, spaces)) {
    if (found.length > 0 && !take(cursor, ',')) throw unexpected(cursor, "',' or ')'");
    takeMatch(cursor, spaces);
    found.push(parseArgument(cursor));
  }
  return { name, arguments: found };
}

function parseArgument(cursor: Cursor): IntrinsicArgument {
  if (peek(cursor) === "'") return parseText(cursor);
  if (peek(cursor) === '$') return { kind: 'path', path: takePath(cursor) };
  if (cursor.text.startsWith('States.', cursor.position)) {
    return { kind: 'call', call: readNested(cursor, () => parseCall(cursor)) };
  }
  const digits = takeMatch(cursor, number);
  if (digits !== undefined) return { kind: 'literal', value: Number(digits) };
  const word = takeMatch(cursor, constant);
  if (word !== undefined) return { kind: 'literal', value: JSON.parse(word) };
  throw unexpected(cursor, 'a text in single quotes, a number, true, false, null, a path or a call');
}

/** Only `'`, `{`, `}` and `\` may follow a backslash; anything else is refused, as the service does. */
function parseText(cursor: Cursor): IntrinsicArgument {
  let value = '';
  let template = '';
  for (cursor.position += 1; peek(cursor) !== "'"; cursor.position += 1) {
    let backslash = '';
    if (peek(cursor) === '\\') {
      cursor.position += 1;
      if (!"'{}\\".includes(peek(cursor))) throw unexpected(cursor, "one of ' { } \\ after a backslash");
      backslash = peek(cursor) === "'" ? '' : '\\';
    }
    if (peek(cursor) === '') throw unexpected(cursor, "a closing '");
    value += peek(cursor);
    template += backslash + peek(cursor);
  }
  cursor.position += 1;
  return { kind: 'literal', value, template };
}

/** A path goes on to the comma, bracket or blank that is not inside its own brackets, parentheses or quotes. */
function takePath(cursor: Cursor): string {
  const start = cursor.position;
  for (let depth = 0; ; ) {
    const character = peek(cursor);
    if (character === '') throw new UsageError(`'${cursor.text}' ends inside the path that begins at ${start}`);
    if (depth === 0 && /[,)\s]/.test(character)) return cursor.text.slice(start, cursor.position);
    if (depth > 0 && (character === "'" || character === '"')) {
      takeQuoted(cursor);
      continue;
    }
    if (character === '[' || character === '(') depth += 1;
    if (character === ']' || character === ')') depth -= 1;
    cursor.position += 1;
  }
}
