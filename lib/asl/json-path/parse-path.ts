import { type Cursor, demand, peek, skipSpaces, take, takeMatch, takeQuoted, unexpected } from './cursor.ts';
import { parseFilter } from './parse-filter.ts';
import type { PathRoot, PathStep, PathSyntax } from './path-syntax.ts';

const variableName = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const dottedName = /[^.[\]()\s,'"]+/y;
/** Inside a filter a name also ends where a comparison begins. */
const dottedNameInFilter = /[^.[\]()\s,'"=!<>~&|]+/y;
const signedInteger = /-?\d+/y;

/**
 * Reads a path as the service's own reader does: `$`, `$$` or `$name`, then steps in dot or bracket notation.
 *
 * @throws {UsageError} the text is no path; the message tells the position
 */
export function parsePath(text: string): PathSyntax {
  const cursor: Cursor = { text, position: 0 };
  const root = parseRoot(cursor);
  const steps = parseSteps(cursor);
  if (cursor.position < text.length) throw unexpected(cursor, "'.' or '['");
  return { root, steps };
}

function parseRoot(cursor: Cursor): PathRoot {
  demand(cursor, '$');
  if (take(cursor, '$')) return { kind: 'context' };
  const name = takeMatch(cursor, variableName);
  return name === undefined ? { kind: 'input' } : { kind: 'variable', name };
}

/** Reads steps for as long as the text goes on with one; what follows is left to the caller. */
function parseSteps(cursor: Cursor, name = dottedName): PathStep[] {
  const steps: PathStep[] = [];
  for (;;) {
    if (take(cursor, '..')) {
      steps.push({ kind: 'scan', text: '..' });
      steps.push(peek(cursor) === '[' ? parseBracket(cursor) : parseDotted(cursor, name));
    } else if (take(cursor, '.')) {
      steps.push(peek(cursor) === '[' ? parseBracket(cursor) : parseDotted(cursor, name));
    } else if (peek(cursor) === '[') {
      steps.push(parseBracket(cursor));
    } else {
      return steps;
    }
  }
}

function parseDotted(cursor: Cursor, allowed: RegExp): PathStep {
  if (take(cursor, '*')) return { kind: 'wildcard', text: '[*]' };
  const name = takeMatch(cursor, allowed);
  if (name === undefined) throw unexpected(cursor, 'a property name');
  if (!take(cursor, '(')) return { kind: 'property', name, text: `['${name}']` };
  const parameters = parseParameters(cursor);
  return { kind: 'function', name, parameters, text: `.${name}()` };
}

function parseParameters(cursor: Cursor): string[] {
  const end = cursor.text.indexOf(')', cursor.position);
  if (end < 0) throw unexpected(cursor, "a closing ')'");
  const inside = cursor.text.slice(cursor.position, end).trim();
  cursor.position = end + 1;
  return inside === '' ? [] : inside.split(',').map((parameter) => parameter.trim());
}

function parseBracket(cursor: Cursor): PathStep {
  demand(cursor, '[');
  skipSpaces(cursor);
  const step = parseBracketContent(cursor);
  skipSpaces(cursor);
  demand(cursor, ']');
  return step;
}

function parseBracketContent(cursor: Cursor): PathStep {
  if (take(cursor, '*')) return { kind: 'wildcard', text: '[*]' };
  if (take(cursor, '?')) {
    skipSpaces(cursor);
    demand(cursor, '(');
    const filter = parseFilter(cursor, (inner) => parseSteps(inner, dottedNameInFilter));
    demand(cursor, ')');
    return { kind: 'filter', filter, text: '[?]' };
  }
  if (peek(cursor) === "'" || peek(cursor) === '"') return parseNames(cursor);
  return parseIndexes(cursor);
}

function parseNames(cursor: Cursor): PathStep {
  const names: string[] = [];
  do {
    skipSpaces(cursor);
    if (peek(cursor) !== "'" && peek(cursor) !== '"') throw unexpected(cursor, 'a quoted property name');
    names.push(takeQuoted(cursor));
    skipSpaces(cursor);
  } while (take(cursor, ','));
  const text = `[${names.map((name) => `'${name}'`).join(',')}]`;
  const [name] = names;
  return names.length === 1 && name !== undefined
    ? { kind: 'property', name, text }
    : { kind: 'properties', names, text };
}

function parseIndexes(cursor: Cursor): PathStep {
  const first = takeMatch(cursor, signedInteger);
  skipSpaces(cursor);
  if (take(cursor, ':')) {
    skipSpaces(cursor);
    const last = takeMatch(cursor, signedInteger);
    return { kind: 'slice', from: integer(first), to: integer(last), text: `[${first ?? ''}:${last ?? ''}]` };
  }
  if (first === undefined) throw unexpected(cursor, "a quoted property name, an index, '*' or '?'");
  const indexes = [Number(first)];
  while (take(cursor, ',')) {
    skipSpaces(cursor);
    const next = takeMatch(cursor, signedInteger);
    if (next === undefined) throw unexpected(cursor, 'an index');
    indexes.push(Number(next));
    skipSpaces(cursor);
  }
  const text = `[${indexes.join(',')}]`;
  return indexes.length === 1 ? { kind: 'index', index: Number(first), text } : { kind: 'indexes', indexes, text };
}

function integer(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
