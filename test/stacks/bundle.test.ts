import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineFlow } from '../../lib/flow/flow.ts';
import { bundleTasks } from '../../lib/stacks/bundle.ts';

let projectFolder: string;

const flow = defineFlow({
  name: 'plum-jam',
  description: 'makes jam',
  group: 'fruit',
  input: z.object({}),
  tasks: { Cook: {}, CountJars: {} },
});

function put(path: string, text: string): void {
  const file = join(projectFolder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function bundle() {
  return bundleTasks([flow], { projectFolder, outputFolder: join(projectFolder, 'out') });
}

beforeEach(() => {
  projectFolder = mkdtempSync(join(tmpdir(), 'bundle-'));
  put(
    'functions/fruit/plum-jam/cook.ts',
    `import { sugar } from '../sugar.ts'; export const handler = async () => sugar;`,
  );
  put('functions/fruit/sugar.ts', `export const sugar: string = 'sweet'; export const salt = 'salty';`);
  put('node_modules/sql/index.js', `exports.count = () => require('@duckdb/node-bindings');`);
  put(
    'functions/fruit/plum-jam/count-jars.ts',
    `import { count } from 'sql'; export const handler = async () => count();`,
  );
});

afterEach(() => rmSync(projectFolder, { recursive: true }));

describe('bundles', () => {
  it('hold a task with all it uses in one file that runs by itself', async () => {
    const { folder } = cookOf(bundle());

    const { handler } = await import(pathToFileURL(join(folder, 'index.mjs')).href);

    expect(await handler()).toBe('sweet');
    expect(readFileSync(join(folder, 'index.mjs'), 'utf8')).not.toContain('salty');
  });

  it('name what went into them', () => {
    expect(cookOf(bundle()).inputs).toEqual(['functions/fruit/sugar.ts', 'functions/fruit/plum-jam/cook.ts']);
  });

  it('ask for the native layer only where native code is used', () => {
    const needs = [...bundle()].map(([key, made]) => [key, made.needsNativeLayer]);

    expect(needs).toEqual([
      ['plum-jam/Cook', false],
      ['plum-jam/CountJars', true],
    ]);
  });

  it('have the SQL files of their group beside them, where they name some', async () => {
    put('functions/fruit/models/jars.sql', 'SELECT 1');
    const before = cookOf(bundle()).digest;
    put(
      'functions/fruit/plum-jam/cook.ts',
      `import { readFileSync } from 'node:fs';
       export const handler = async () => readFileSync(new URL('models/jars.sql', import.meta.url), 'utf8');`,
    );
    const named = cookOf(bundle());
    put('functions/fruit/models/jars.sql', 'SELECT 2');

    const changed = cookOf(bundle());
    const { handler } = await import(pathToFileURL(join(changed.folder, 'index.mjs')).href);

    expect(await handler()).toBe('SELECT 2');
    expect(new Set([before, named.digest, changed.digest]).size).toBe(3);
  });

  it('keep their digest until their code changes', () => {
    const first = cookOf(bundle()).digest;
    const again = cookOf(bundle()).digest;
    put('functions/fruit/sugar.ts', `export const sugar: string = 'sweeter';`);

    expect(again).toBe(first);
    expect(cookOf(bundle()).digest).not.toBe(first);
  });

  it('are refused when they use a name that a file does not export', () => {
    put('functions/fruit/sugar.ts', '');

    expect(bundle).toThrow('Import "sugar" will always be undefined');
  });

  it('are refused when they would not find the layer', () => {
    put('functions/fruit/plum-jam/cook.ts', `import x from '@duckdb/node-bindings'; export const handler = () => x;`);

    expect(bundle).toThrow(
      'the code of plum-jam/Cook loads @duckdb/node-bindings by import; Lambda finds what is in a layer by require only',
    );
  });
});

function cookOf(bundles: ReturnType<typeof bundle>) {
  const found = bundles.get('plum-jam/Cook');
  if (!found) throw new Error('plum-jam/Cook was not bundled');
  return found;
}
