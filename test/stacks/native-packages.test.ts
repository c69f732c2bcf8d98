import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nativePackages } from '../../lib/stacks/native-packages.ts';

const bindings = 'node_modules/@duckdb/node-bindings';

const packages = {
  '': { name: 'made-up' },
  [bindings]: {
    version: '1.0.0',
    dependencies: { 'detect-libc': '^2.0.0' },
    optionalDependencies: { '@duckdb/linux-x64': '1.0.0', '@duckdb/linux-x64-musl': '1.0.0', '@duckdb/arm': '1.0.0' },
  },
  'node_modules/@duckdb/linux-x64': { version: '1.0.0', os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
  'node_modules/@duckdb/linux-x64-musl': { version: '1.0.0', os: ['linux'], cpu: ['x64'], libc: ['musl'] },
  'node_modules/@duckdb/arm': { version: '1.0.0', os: ['linux'], cpu: ['arm64'], libc: ['glibc'] },
  'node_modules/detect-libc': { version: '2.1.0' },
  'node_modules/unrelated': { version: '3.0.0' },
};

let projectFolder: string;

function put(path: string, content: object | string): void {
  const file = join(projectFolder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

function installed(path: string, version: string): void {
  put(`${path}/package.json`, { version });
  put(`${path}/native.node`, 'bytes');
}

beforeEach(() => {
  projectFolder = mkdtempSync(join(tmpdir(), 'native-packages-'));
  put('package-lock.json', { lockfileVersion: 3, packages });
  installed(bindings, '1.0.0');
  installed('node_modules/@duckdb/linux-x64', '1.0.0');
  installed('node_modules/detect-libc', '2.1.0');
  installed('node_modules/unrelated', '3.0.0');
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(projectFolder, { recursive: true });
});

describe('native packages', () => {
  it('are those of one processor, copied from where they are installed', () => {
    const { folder } = nativePackages({ cpu: 'x64', projectFolder });

    const files = globSync('**/*', { cwd: folder, withFileTypes: false }).filter((path) => /\.(node|json)$/.test(path));
    expect(files.sort()).toEqual([
      'nodejs/node_modules/@duckdb/linux-x64/native.node',
      'nodejs/node_modules/@duckdb/linux-x64/package.json',
      'nodejs/node_modules/@duckdb/node-bindings/native.node',
      'nodejs/node_modules/@duckdb/node-bindings/package.json',
      'nodejs/node_modules/detect-libc/native.node',
      'nodejs/node_modules/detect-libc/package.json',
    ]);
  });

  it('are kept for the next time', () => {
    const first = nativePackages({ cpu: 'x64', projectFolder });
    rmSync(join(projectFolder, bindings), { recursive: true });

    expect(nativePackages({ cpu: 'x64', projectFolder })).toEqual(first);
  });

  it('have a new digest when the lockfile has a new version', () => {
    const first = nativePackages({ cpu: 'x64', projectFolder });
    put('package-lock.json', {
      packages: { ...packages, 'node_modules/detect-libc': { version: '2.2.0' } },
    });
    installed('node_modules/detect-libc', '2.2.0');

    expect(nativePackages({ cpu: 'x64', projectFolder }).digest).not.toBe(first.digest);
  });

  it('that cannot be fetched are named in a sentence, and nothing is left half-made', () => {
    // nobody listens on the discard port of the loopback
    vi.stubEnv('npm_config_registry', 'http://127.0.0.1:9/');
    vi.stubEnv('npm_config_fetch_retries', '0');
    vi.stubEnv('npm_config_cache', join(projectFolder, 'npm-cache'));

    expect(() => nativePackages({ cpu: 'arm64', projectFolder })).toThrow(
      /^npm could not fetch the native packages for linux-arm64: .+/s,
    );
    const kept = join(projectFolder, 'node_modules/.cache/data-flows/native');
    expect(existsSync(kept) ? readdirSync(kept) : []).toEqual([]);
  });
});
