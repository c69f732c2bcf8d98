import { UsageError } from '../../errors.ts';

/** A place in a text that is being parsed; the parsers of paths, filters and intrinsic calls share it. */
export interface Cursor {
  readonly text: string;
  position: number;
  /** How many conditions, lists and calls the cursor is inside of. @default 0 */
  depth?: number;
}

/** Far more levels than anyone writes, and far fewer than overflow the stack. */
const maxDepth = 100;

/**
 * Reads something that stands inside another of its kind.
 *
 * @throws {UsageError} from `read`, or because that is nested too deeply
 */
export function readNested<T>(cursor: Cursor, read: () => T): T {
  const depth = (cursor.depth ?? 0) + 1;
  if (depth > maxDepth) throw new UsageError(`the text is nested more than ${maxDepth} levels deep`);
  cursor.depth = depth;
  const found = read();
  cursor.depth = depth - 1;
  return found;
}

/** The character under the cursor; empty at the end of the text. */
export function peek(cursor: Cursor): string {
  return cursor.text.charAt(cursor.position);
}

export function skipSpaces(cursor: Cursor): void {
  while (peek(cursor) === ' ') cursor.position += 1;
}

/** Moves past `expected` when the text goes on with it, and says whether it did. */
export function take(cursor: Cursor, expected: string): boolean {
  if (!cursor.text.startsWith(expected, cursor.position)) return false;
  cursor.position += expected.length;
  return true;
}

/** Moves past what `pattern` (sticky) matches at the cursor and returns it; undefined when it does not match. */
export function takeMatch(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.position;
  const matched = pattern.exec(cursor.text)?.[0];
  if (matched !== undefined) cursor.position += matched.length;
  return matched;
}

/** @throws {UsageError} the text does not go on with `expected` */
export function demand(cursor: Cursor, expected: string): void {
  if (!take(cursor, expected)) throw unexpected(cursor, `'${expected}'`);
}

/** The error for a text that goes on with something else than `expected`. */
export function unexpected(cursor: Cursor, expected: string): UsageError {
  const found = peek(cursor) === '' ? 'its end' : `'${peek(cursor)}'`;
  return new UsageError(
    `'${cursor.text}' cannot be read at position ${cursor.position}: expected ${expected}, found ${found}`,
  );
}

/**
 * Reads a quoted text and moves past it.
 *
 * A backslash keeps the quote after it from ending the text; before anything else it stands for itself, which is how
 * the service reads property names.
 */
export function takeQuoted(cursor: Cursor): string {
  const quote = peek(cursor);
  let value = '';
  for (cursor.position += 1; peek(cursor) !== quote; cursor.position += 1) {
    if (peek(cursor) === '') throw unexpected(cursor, `a closing ${quote}`);
    if (peek(cursor) === '\\' && cursor.text.charAt(cursor.position + 1) === quote) cursor.position += 1;
    value += peek(cursor);
  }
  cursor.position += 1;
  return value;
}
