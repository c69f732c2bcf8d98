import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readJsonLines } from '../../lib/engine/json-lines.ts';
import { appendLogs } from '../../lib/engine/log-file.ts';
import type { LogLine } from '../../lib/execution/executions.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flow-logs-'));
});
afterEach(() => rm(folder, { recursive: true }));

const aLine = (message: string): LogLine => ({ timestamp: '', level: 'INFO', message, fields: {} });

it('holds each line the moment it was written', async () => {
  const path = join(folder, 'logs.jsonl');
  const sink = appendLogs(path);

  sink.take(aLine('first'));

  expect(await Array.fromAsync(readJsonLines(path))).toEqual([aLine('first')]);
  sink.close();
});

it('goes on behind the last whole line when a process was killed in the middle of one', async () => {
  const path = join(folder, 'logs.jsonl');
  await writeFile(path, `${JSON.stringify(aLine('first'))}\n{"timestamp":"","lev`);

  const beforeRedrive = await Array.fromAsync(readJsonLines(path));
  const sink = appendLogs(path);
  sink.take(aLine('second'));
  sink.close();

  expect(beforeRedrive).toEqual([aLine('first')]);
  expect(await Array.fromAsync(readJsonLines(path))).toEqual([aLine('first'), aLine('second')]);
});

it('makes no file while nothing is written, and none is nothing to read', async () => {
  const path = join(folder, 'logs.jsonl');

  appendLogs(path).close();

  expect(await Array.fromAsync(readJsonLines(path))).toEqual([]);
});

it('reads lines that are longer than what a file is read by', async () => {
  const path = join(folder, 'logs.jsonl');
  const lines = ['é'.repeat(100_000), 'short', 'ü'.repeat(70_000)].map(aLine);
  for (const line of lines) await appendFile(path, `${JSON.stringify(line)}\n`);

  expect(await Array.fromAsync(readJsonLines(path))).toEqual(lines);
});
