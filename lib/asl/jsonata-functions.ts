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

function random(this: jsonata.Focus, seed?: number): number {
  if (seed === undefined) return chanceOf(this)();
  let state = Math.trunc(seed) + 0x6d2b79f5;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
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
