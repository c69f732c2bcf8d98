import { createHash } from 'node:crypto';
import type jsonata from 'jsonata';
import { outOfMemory } from './jsonata-guard.ts';

interface JsonataFunction {
  readonly signature: string;
  // biome-ignore lint/suspicious/noExplicitAny: jsonata or the function itself checks the arguments
  run(this: jsonata.Focus, ...args: any[]): unknown;
}

const hashAlgorithms = ['SHA-1', 'SHA-384', 'SHA-256', 'SHA-512', 'MD5'];

/** `$range` makes at most this many elements. */
const maxRangeLength = 360_145;

/**
 * The functions that the service adds to JSONata, or gives another signature.
 *
 * Like the service's, its own take less than JSONata's signatures could say, and answer nothing to some arguments that
 * they could have refused.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn
 */
export const serviceFunctions: Readonly<Record<string, JsonataFunction>> = {
  partition: { signature: '<x?x?x?:x>', run: partition },
  range: { signature: '<x?x?x?x?:x>', run: range },
  hash: { signature: '<x?x?x?:x>', run: hash },
  random: { signature: '<x?x?:n>', run: random },
  uuid: { signature: '<:s>', run: uuid },
  parse: { signature: '<x?x?:x>', run: parse },
};

/** JSONata's functions of time, on the clock of the scope. */
const clockFunctions: Readonly<Record<string, JsonataFunction>> = {
  now: { signature: '<s?s?:s>', run: now },
  millis: {
    signature: '<:n>',
    run() {
      return nowOf(this);
    },
  },
};

/** Every function that expressions have besides those of the library, or instead of them. */
export const jsonataFunctions: Readonly<Record<string, JsonataFunction>> = { ...serviceFunctions, ...clockFunctions };

function partition(this: jsonata.Focus, items: unknown, size: unknown, ...more: unknown[]): unknown {
  refuseMore('partition', 3, more);
  if (items === undefined) return undefined;
  if (!Array.isArray(items)) throw { code: 'T0412', index: 1, token: 'partition' };
  if (items.length === 0) return undefined;
  if (size === undefined) return [items];
  const chunkSize = wholeNumber('partition', 2, size);
  if (chunkSize < 0) throw failure('Second argument must be zero or greater');
  if (chunkSize === 0) return undefined;
  const chunks: unknown[][] = [];
  for (let start = 0; start < items.length; start += chunkSize) chunks.push(items.slice(start, start + chunkSize));
  return chunks;
}

function range(this: jsonata.Focus, start: unknown, end: unknown, by: unknown, ...more: unknown[]): unknown {
  refuseMore('range', 4, more);
  const first = wholeNumber('range', 1, start);
  const last = wholeNumber('range', 2, end);
  if (by === undefined) return undefined;
  const step = wholeNumber('range', 3, by);
  const length = Math.floor((last - first) / step) + 1;
  if (step === 0 || length < 1) return undefined;
  if (length > maxRangeLength) throw { message: outOfMemory };
  return length === 1 ? first : Array.from({ length }, (_, index) => first + index * step);
}

function hash(this: jsonata.Focus, text: unknown, algorithm: unknown, ...more: unknown[]): string | undefined {
  refuseMore('hash', 3, more);
  if (typeof text !== 'string') throw wrongArgument('hash', 1);
  if (algorithm === undefined) return undefined;
  if (typeof algorithm !== 'string') throw wrongArgument('hash', 2);
  if (!hashAlgorithms.includes(algorithm)) {
    throw failure(`Hash algorithm '${algorithm}' must be one of ${hashAlgorithms.join(', ')}`);
  }
  return createHash(algorithm.replace('-', '').toLowerCase()).update(text).digest('hex');
}

/** With a seed, the first number of Java's generator, as the service gives it. */
function random(this: jsonata.Focus, seed: unknown, ...more: unknown[]): number {
  refuseMore('random', 2, more);
  return seed === undefined ? chanceOf(this)() : firstJavaRandom(wholeNumber('random', 1, seed));
}

const multiplier = 0x5deece66dn;
const mask = (1n << 48n) - 1n;

/** @see https://docs.oracle.com/javase/8/docs/api/java/util/Random.html#nextDouble-- for the arithmetic */
function firstJavaRandom(seed: number): number {
  let state = (BigInt(seed) ^ multiplier) & mask;
  const next = (bits: bigint): bigint => {
    state = (state * multiplier + 0xbn) & mask;
    return state >> (48n - bits);
  };
  return Number((next(26n) << 27n) + next(27n)) * 2 ** -53;
}

function uuid(this: jsonata.Focus): string {
  const chance = chanceOf(this);
  const hex = (count: number) => Array.from({ length: count }, () => Math.floor(chance() * 16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[Math.floor(chance() * 4)]}${hex(3)}-${hex(12)}`;
}

function parse(this: jsonata.Focus, text: unknown, ...more: unknown[]): unknown {
  refuseMore('parse', 2, more);
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw wrongArgument('parse', 1);
  try {
    return JSON.parse(text);
  } catch {
    throw failure('Invalid JSON');
  }
}

function now(this: jsonata.Focus, picture?: string, timeZone?: string): unknown {
  return this.environment.lookup('fromMillis').implementation.call(this, nowOf(this), picture, timeZone);
}

function nowOf(focus: jsonata.Focus): number {
  return focus.environment.lookup(' now')();
}

function chanceOf(focus: jsonata.Focus): () => number {
  return focus.environment.lookup(' chance');
}

function refuseMore(name: string, position: number, more: readonly unknown[]): void {
  if (more.some((argument) => argument !== undefined)) throw wrongArgument(name, position);
}

/** Rounds towards zero, as the service does with numbers that are not whole. */
function wholeNumber(name: string, position: number, argument: unknown): number {
  if (typeof argument !== 'number') throw wrongArgument(name, position);
  return Math.trunc(argument);
}

/** What jsonata throws; it writes the message from the code and the rest. */
interface JsonataFailure {
  readonly code: string;
  readonly message?: string;
  readonly index?: number;
  readonly token?: string;
}

function wrongArgument(name: string, position: number): JsonataFailure {
  return { code: 'T0410', index: position, token: name };
}

function failure(message: string): JsonataFailure {
  return { code: 'D3137', message };
}
