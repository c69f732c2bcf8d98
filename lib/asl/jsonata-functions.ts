import { createHash } from 'node:crypto';
import type jsonata from 'jsonata';

interface JsonataFunction {
  readonly signature: string;
  // biome-ignore lint/suspicious/noExplicitAny: arguments were checked by jsonata against the signature
  run(this: jsonata.Focus, ...args: any[]): unknown;
}

const hashAlgorithms = ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];

/** `$range` makes at most this many elements. */
const maxRangeLength = 1_000;

/**
 * The functions that the service adds to JSONata, and those of JSONata that read the clock.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn
 */
export const jsonataFunctions: Readonly<Record<string, JsonataFunction>> = {
  partition: { signature: '<a-n:a>', run: partition },
  range: { signature: '<n-n-n?:a>', run: range },
  hash: { signature: '<x-s:s>', run: hash },
  random: { signature: '<n?:n>', run: random },
  uuid: { signature: '<:s>', run: uuid },
  parse: { signature: '<s-:x>', run: parse },
  now: { signature: '<s?s?:s>', run: now },
  millis: {
    signature: '<:n>',
    run() {
      return nowOf(this);
    },
  },
};

function partition(this: jsonata.Focus, items: readonly unknown[], size: number): unknown[][] | undefined {
  if (items === undefined) return undefined;
  const chunkSize = Math.trunc(size);
  if (chunkSize < 1) throw failure('partition', `The chunk size must be a positive integer; got: ${size}`);
  const chunks: unknown[][] = [];
  for (let start = 0; start < items.length; start += chunkSize) chunks.push(items.slice(start, start + chunkSize));
  return chunks;
}

function range(this: jsonata.Focus, first: number, last: number, step = 1): number[] {
  if (step === 0) throw failure('range', 'The step must not be zero');
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > maxRangeLength) throw failure('range', `The range must not exceed ${maxRangeLength} elements`);
  return sequence(Array.from({ length }, (_, index) => first + index * step));
}

/** Marks an array as one that JSONata made: with a single element it stands for that element. */
function sequence<T>(items: T[]): T[] {
  return Object.defineProperty(items, 'sequence', { value: true, enumerable: false });
}

function hash(this: jsonata.Focus, input: unknown, algorithm: string): string {
  if (!hashAlgorithms.includes(algorithm)) {
    throw failure('hash', `The algorithm must be one of ${hashAlgorithms.join(', ')}; got: ${algorithm}`);
  }
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  return createHash(algorithm.replace('-', '').toLowerCase()).update(text).digest('hex');
}

/** With a seed, the first number of Java's generator, as the service gives it. */
function random(this: jsonata.Focus, seed?: number): number {
  return seed === undefined ? chanceOf(this)() : firstJavaRandom(seed);
}

const multiplier = 0x5deece66dn;
const mask = (1n << 48n) - 1n;

/** @see https://docs.oracle.com/javase/8/docs/api/java/util/Random.html#nextDouble-- for the arithmetic */
function firstJavaRandom(seed: number): number {
  let state = (BigInt(Math.trunc(seed)) ^ multiplier) & mask;
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

function parse(this: jsonata.Focus, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw failure('parse', error instanceof Error ? error.message : String(error));
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

function failure(name: string, message: string): { message: string } {
  return { message: `$${name}: ${message}` };
}
