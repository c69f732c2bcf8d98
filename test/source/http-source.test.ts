import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Json } from '../../lib/json.ts';
import { type HttpSourceOptions, httpSource, type SourceCaller } from '../../lib/source/http-source.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { type FakeAnswer, fakeSource } from '../support/fake-source.ts';

type Warning = { readonly message: string; readonly fields: { readonly [name: string]: Json } };

/** A source over fake answers; time jumps over every pause. */
function sourceOf(
  answers: readonly [FakeAnswer, ...FakeAnswer[]],
  options: Partial<HttpSourceOptions> & Partial<Pick<SourceCaller, 'signal' | 'clock'>> = {},
) {
  const fake = fakeSource(...answers);
  const clock = fakeClock({ autoAdvance: true, chance: () => 0.5 });
  const warnings: Warning[] = [];
  const caller = {
    clock: options.clock ?? clock,
    signal: options.signal ?? new AbortController().signal,
    log: { warn: (message: string, fields: Warning['fields']) => void warnings.push({ message, fields }) },
  };
  const source = httpSource(caller, {
    name: 'the registry',
    baseUrl: 'http://registry.test/api',
    fetch: fake.fetch,
    ...options,
  });
  return { source, requests: fake.requests, clock, warnings };
}

const unreachable = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
const blocks = { path: '/blocks' };

describe('a request', () => {
  it('goes below the base URL, with its parameters, headers and JSON', async () => {
    const { source, requests } = sourceOf([{ body: 'ok' }], {
      baseUrl: 'http://registry.test/api/',
      headers: { 'x-api-key': 'k' },
    });

    await source.text({ method: 'POST', path: '/search', query: { $count: true, skip: undefined }, body: { a: [1] } });

    expect(requests).toEqual([
      {
        method: 'POST',
        url: 'http://registry.test/api/search?%24count=true',
        headers: expect.objectContaining({ 'x-api-key': 'k', 'content-type': 'application/json' }),
        body: '{"a":[1]}',
      },
    ]);
  });

  it('takes nothing from an unencrypted address that an encrypted one redirects to', async () => {
    const asked: string[] = [];
    const redirected = async (input: string | URL | Request) => {
      asked.push(input instanceof Request ? input.url : String(input));
      return Object.defineProperty(new Response('rows'), 'url', { value: 'http://elsewhere.test/blocks?key=secret' });
    };
    const { source } = sourceOf([{}], { baseUrl: 'https://registry.test', fetch: redirected });

    await expect(source.text(blocks)).rejects.toThrow(
      expect.objectContaining({
        name: 'SourceRejectedError',
        message:
          'the registry, asked once for GET https://registry.test/blocks, redirected to http://elsewhere.test, ' +
          'which is not encrypted; nothing is taken from there',
      }),
    );
    expect(asked).toEqual(['https://registry.test/blocks']);
  });

  it.each(['registry.test', 'file:///x', ''])("needs a base URL that is one: '%s' is not", (baseUrl) => {
    expect(() => sourceOf([{}], { baseUrl })).toThrow(
      `the base URL of the registry is '${baseUrl}'; it must begin with http:// or https://`,
    );
  });
});

it('takes no password in a base URL, and does not repeat it', () => {
  expect(() => sourceOf([{}], { baseUrl: 'http://user:pass@registry.test' })).toThrow(
    'the base URL of the registry holds a user or a password; send them as a header instead',
  );
});

describe('an answer', () => {
  const schema = z.object({ value: z.array(z.object({ quantity: z.int() })) });

  it('is parsed by its schema', async () => {
    const { source, requests } = sourceOf([{ body: { value: [{ quantity: 1, more: true }] } }]);

    expect(await source.json(blocks, schema)).toEqual({ value: [{ quantity: 1 }] });
    expect(requests[0]?.headers.accept).toBe('application/json');
  });

  it.each<{ name: string; body: unknown; message: string }>([
    {
      name: 'of another shape, naming the path in it',
      body: { value: [{ quantity: 1 }, { quantity: 'two' }, {}] },
      message:
        'the registry, asked for GET http://registry.test/api/blocks, answered in another shape: ' +
        'value[1].quantity: expected number, received string; value[2].quantity: missing, expected number',
    },
    {
      name: 'that is not JSON, quoting its beginning',
      body: '<html>\n  down for maintenance</html>',
      message:
        'the registry, asked for GET http://registry.test/api/blocks, answered with something that is not JSON ' +
        "('<html> down for maintenance</html>')",
    },
  ])('fails $name', async ({ body, message }) => {
    const { source, requests } = sourceOf([{ body }]);

    await expect(source.json(blocks, schema)).rejects.toMatchObject({ name: 'InvalidDataError', message });
    expect(requests).toHaveLength(1);
  });
});

describe('retries', () => {
  it.each<{ name: string; answer: FakeAnswer }>([
    { name: 'a network error', answer: unreachable },
    { name: '408', answer: { status: 408 } },
    { name: '429', answer: { status: 429 } },
    { name: '500', answer: { status: 500 } },
    { name: '503', answer: { status: 503 } },
  ])('follow $name, up to the fourth attempt', async ({ answer }) => {
    const { source, requests, clock } = sourceOf([answer, answer, answer, { body: 'at last' }]);

    expect(await source.text(blocks)).toBe('at last');
    expect(requests).toHaveLength(4);
    expect(clock.slept).toEqual([500, 1000, 2000]);
  });

  it.each([
    { name: 'seconds', header: '7', slept: 7000 },
    { name: 'a date', header: 'Thu, 01 Jan 2026 00:00:20 GMT', slept: 20_000 },
    { name: 'a date in the past', header: 'Wed, 31 Dec 2025 00:00:00 GMT', slept: 0 },
    { name: 'nonsense, as if it were not there', header: 'soon', slept: 500 },
  ])('wait as long as Retry-After asks: $name', async ({ header, slept }) => {
    const { source, clock } = sourceOf([{ status: 429, headers: { 'retry-after': header } }, { body: 'ok' }]);

    await source.text(blocks);

    expect(clock.slept).toEqual([slept]);
  });

  it('are logged, each with its reason', async () => {
    const { source, warnings } = sourceOf([{ status: 503, body: 'busy' }, unreachable, { body: 'ok' }]);

    await source.text({ ...blocks, query: { api_key: 'secret', page: 2 } });

    const request = 'GET http://registry.test/api/blocks?api_key=…&page=2';
    expect(warnings).toEqual([
      { message: "the registry answered 503 ('busy'); trying again", fields: { request, attempt: 1, waitMs: 500 } },
      {
        message: 'the registry could not be reached: connect ECONNREFUSED; trying again',
        fields: { request, attempt: 2, waitMs: 1000 },
      },
    ]);
  });
});

describe('a failure', () => {
  const asked = (count: string) => `the registry, asked ${count} for GET http://registry.test/api/blocks,`;

  it.each<{ name: string; answer: FakeAnswer; error: string; message: string; attempts: number }>([
    {
      name: 'of the network',
      answer: unreachable,
      error: 'SourceUnavailableError',
      message: `${asked('4 times')} could not be reached: connect ECONNREFUSED`,
      attempts: 4,
    },
    {
      name: 'of the source',
      answer: { status: 502, body: 'bad gateway' },
      error: 'SourceUnavailableError',
      message: `${asked('4 times')} answered 502 ('bad gateway')`,
      attempts: 4,
    },
    {
      name: 'by too many requests',
      answer: { status: 429 },
      error: 'SourceThrottledError',
      message: `${asked('4 times')} answered 429`,
      attempts: 4,
    },
    {
      name: 'by a longer wait than it is worth, at once',
      answer: { status: 429, headers: { 'retry-after': '61' } },
      error: 'SourceThrottledError',
      message: `${asked('once')} answered 429 and asks to wait 61 s`,
      attempts: 1,
    },
    {
      name: 'by a wrong key, at once',
      answer: { status: 401, body: { error: 'no key' } },
      error: 'SourceRejectedError',
      message: `${asked('once')} answered 401 ('{"error":"no key"}'); check its key`,
      attempts: 1,
    },
    {
      name: 'by a wrong request, at once and in short',
      answer: { status: 400, body: 'x'.repeat(1000) },
      error: 'SourceRejectedError',
      message: `${asked('once')} answered 400 ('${'x'.repeat(200)}…')`,
      attempts: 1,
    },
  ])('$name is a $error', async ({ answer, error, message, attempts }) => {
    const { source, requests } = sourceOf([answer]);

    await expect(source.text(blocks)).rejects.toMatchObject({ name: error, message });
    expect(requests).toHaveLength(attempts);
  });

  it('to answer in time is retried, then final', async () => {
    const { source, requests } = sourceOf(['hang'], { timeoutMs: 5, attempts: 2, clock: instantClock() });

    await expect(source.text(blocks)).rejects.toMatchObject({
      name: 'SourceUnavailableError',
      message: `${asked('2 times')} gave no answer within 0.005 s`,
    });
    expect(requests).toHaveLength(2);
  });

  it('to finish an answer in time is one, too', async () => {
    const { source } = sourceOf([{ body: new ReadableStream() }], { timeoutMs: 5, attempts: 1 });

    await expect(source.text(blocks)).rejects.toMatchObject({
      name: 'SourceUnavailableError',
      message: `${asked('once')} gave no answer within 0.005 s`,
    });
  });

  it('in the middle of a body is one of the network', async () => {
    const { source } = sourceOf([{ body: brokenBody() }, { body: 'whole' }]);

    expect(await source.text(blocks)).toBe('whole');
  });

  it('keeps keys out of its whole chain', async () => {
    const { source } = sourceOf([unreachable]);

    const error: Error = await source.text({ path: 'x', query: { token: 'abc123' } }).catch((thrown) => thrown);

    expect(error.message).toContain('GET http://registry.test/api/x?token=…,');
    expect(`${error.stack}${error.cause instanceof Error ? error.cause.stack : ''}`).not.toMatch(/abc123/);
  });
});

/** A clock whose pauses are over at once, for tests in which the machine's own timers run. */
function instantClock() {
  return { now: () => 0, chance: () => 0, sleep: () => Promise.resolve() };
}

function brokenBody(): ReadableStream {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('hal'));
      controller.error(new TypeError('terminated'));
    },
  });
}

describe('a download', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'download-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('lies in its file, with its size and digest, after attempts that failed midway', async () => {
    const { source, requests } = sourceOf([{ status: 503 }, { body: brokenBody() }, { body: 'hello' }]);
    const file = join(folder, 'x');

    const saved = await source.download(blocks, file);

    expect(saved).toEqual({
      bytes: 5,
      sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    });
    expect(await readFile(file, 'utf8')).toBe('hello');
    expect(requests).toHaveLength(3);
  });

  it('is cut off where it is too long, and not asked for again', async () => {
    const { source, requests } = sourceOf([{ body: 'hello' }]);

    const downloading = source.download(blocks, join(folder, 'x'), { maxBytes: 4 });

    await expect(downloading).rejects.toThrow('answered with more than 4 bytes');
    expect(requests).toHaveLength(1);
  });

  it('gives up on a body that never ends', async () => {
    const endless = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(3)) });
    const { source } = sourceOf([{ body: endless }], { attempts: 1, timeoutMs: 10 });

    await expect(source.download(blocks, join(folder, 'x'))).rejects.toThrow('gave no answer within 0.01 s');
  });
});

describe('an upload', () => {
  it('puts a file under its path, again after an answer that asks for it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'upload-'));
    const file = join(folder, 'x');
    await writeFile(file, 'hello');
    const { source, requests } = sourceOf([{ status: 503 }, { status: 201 }]);

    await source.upload({ path: '/files/x' }, file, 'text/plain');

    await rm(folder, { recursive: true });
    expect(requests.map(({ method, body, headers }) => [method, body, headers['content-type']])).toEqual([
      ['PUT', 'hello', 'text/plain'],
      ['PUT', 'hello', 'text/plain'],
    ]);
  });
});

describe('the signal', () => {
  it('ends a request with its own reason', async () => {
    const stop = new AbortController();
    const { source } = sourceOf(['hang'], { signal: stop.signal });

    const asking = source.text(blocks);
    setImmediate(() => stop.abort(new Error('stopped by hand')));

    await expect(asking).rejects.toThrow('stopped by hand');
  });

  it('ends a pause', async () => {
    const stop = new AbortController();
    const clock = fakeClock();
    const { source, requests } = sourceOf([{ status: 500 }], { signal: stop.signal, clock });

    const asking = source.text(blocks);
    const failed = expect(asking).rejects.toThrow('stopped by hand');
    while (clock.sleeperCount === 0) await new Promise((resolve) => setImmediate(resolve));
    stop.abort(new Error('stopped by hand'));

    await failed;
    expect(requests).toHaveLength(1);
  });
});

describe('pauses', () => {
  it('lie between requests, also when they are made at once', async () => {
    const { source, clock, requests } = sourceOf([{ body: 'ok' }], { pauseMs: 500 });

    await Promise.all([source.text(blocks), source.text(blocks)]);
    await source.text(blocks);

    expect(requests).toHaveLength(3);
    expect(clock.now() - Date.parse('2026-01-01T00:00:00Z')).toBe(1000);
  });
});
