import { UsageError } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { type Cursor, peek, readNested, skipSpaces, take, takeMatch, takeQuoted, unexpected } from './cursor.ts';
import { type Comparator, comparators, type Filter, type Operand } from './filter-syntax.ts';
import type { PathStep } from './path-syntax.ts';

const number = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;
const word = /[a-z]+/y;

type ParseSteps = (cursor: Cursor) => PathStep[];

/**
 * Reads the condition between `[?(` and `)]`; `||` binds weaker than `&&`, and that weaker than `!`.
 *
 * @param parseSteps reads the steps of a path inside the condition: paths and filters contain one another
 */
export function parseFilter(cursor: Cursor, parseSteps: ParseSteps): Filter {
  const parseAll = () => parseJoined(cursor, 'and', () => parseNegation(cursor, parseSteps));
  return parseJoined(cursor, 'or', parseAll);
}

function parseJoined(cursor: Cursor, kind: 'or' | 'and', parsePart: () => Filter): Filter {
  const sign = kind === 'or' ? '||' : '&&';
  const first = parsePart();
  const filters = [first];
  for (skipSpaces(cursor); take(cursor, sign); skipSpaces(cursor)) filters.push(parsePart());
  return filters.length === 1 ? first : { kind, filters };
}

function parseNegation(cursor: Cursor, parseSteps: ParseSteps): Filter {
  skipSpaces(cursor);
  if (take(cursor, '!')) return { kind: 'not', filter: readNested(cursor, () => parseNegation(cursor, parseSteps)) };
  if (!take(cursor, '(')) return parseComparison(cursor, parseSteps);
  const filter = readNested(cursor, () => parseFilter(cursor, parseSteps));
  skipSpaces(cursor);
  if (!take(cursor, ')')) throw unexpected(cursor, "a closing ')'");
  return filter;
}

function parseComparison(cursor: Cursor, parseSteps: ParseSteps): Filter {
  const left = parseOperand(cursor, parseSteps);
  skipSpaces(cursor);
  const comparator = takeComparator(cursor);
  if (comparator === undefined) return { kind: 'exists', operand: left };
  skipSpaces(cursor);
  const right = parseOperand(cursor, parseSteps);
  skipSpaces(cursor);
  return { kind: 'comparison', left, comparator, right };
}

function takeComparator(cursor: Cursor): Comparator | undefined {
  return comparators.find((comparator) => take(cursor, comparator));
}

function parseOperand(cursor: Cursor, parseSteps: ParseSteps): Operand {
  const start = peek(cursor);
  if (start === '@' || start === '$') {
    cursor.position += 1;
    return { kind: 'path', from: start, steps: readNested(cursor, () => parseSteps(cursor)) };
  }
  if (start === '/') return { kind: 'pattern', pattern: parsePattern(cursor) };
  return { kind: 'literal', value: parseLiteral(cursor) };
}

function parseLiteral(cursor: Cursor): Json {
  const start = peek(cursor);
  if (start === "'" || start === '"') return takeQuoted(cursor);
  if (take(cursor, '[')) return readNested(cursor, () => parseList(cursor));
  const digits = takeMatch(cursor, number);
  if (digits !== undefined) return Number(digits);
  const name = takeMatch(cursor, word);
  if (name === 'true' || name === 'false') return name === 'true';
  if (name === 'null') return null;
  throw unexpected(cursor, 'a path, a text, a number, true, false, null, a list or a /pattern/');
}

function parseList(cursor: Cursor): Json {
  const values: Json[] = [];
  for (skipSpaces(cursor); !take(cursor, ']'); skipSpaces(cursor)) {
    if (values.length > 0 && !take(cursor, ',')) throw unexpected(cursor, "',' or ']'");
    skipSpaces(cursor);
    values.push(parseLiteral(cursor));
  }
  return values;
}

function parsePattern(cursor: Cursor): RegExp {
  const source = takeMatch(cursor, /\/(\\.|[^/\\])*\//y);
  const flags = takeMatch(cursor, /[a-zA-Z]*/y) ?? '';
  if (source === undefined) throw unexpected(cursor, "a closing '/'");
  try {
    // =~ asks whether the whole value matches, as the service's reader does
    return new RegExp(`^(?:${source.slice(1, -1)})$`, flags.replaceAll(/[^imsu]/g, ''));
  } catch (error) {
    throw new UsageError(`'${source}' in '${cursor.text}' is not a valid pattern`, { cause: error });
  }
}
