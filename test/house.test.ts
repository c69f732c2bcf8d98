import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { doors, drawers, floors, tenants, topLevel } from './house/floors.ts';
import { resolveImport, root, type SourceFile, sourceFiles } from './support/source-files.ts';

const files = sourceFiles('bin', 'lib', 'functions', 'state-machines', 'samples');

/** The room of a file of `lib/`: its folder, or `ground` for the files that lie in `lib/` itself. */
function roomOf(path: string): string | undefined {
  const inside = /^lib\/(.+)$/.exec(path)?.[1];
  if (inside === undefined) return undefined;
  return inside.includes('/') ? inside.split('/')[0] : 'ground';
}

function floorOf(room: string): number {
  return floors.findIndex((floor) => floor.includes(room));
}

function brokenImports(file: SourceFile, allows: (target: string) => boolean): string[] {
  return file.imports
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier }) => resolveImport(file.path, specifier))
    .filter((target) => !allows(target))
    .map((target) => `${file.path} imports ${target}`);
}

describe('floors', () => {
  it('lets a file of lib/ import only from its own room and the rooms below', () => {
    const broken = files.flatMap((file) => {
      const room = roomOf(file.path);
      if (room === undefined) return [];
      return brokenImports(file, (target) => {
        const other = roomOf(target);
        return other !== undefined && (other === room || floorOf(other) < floorOf(room));
      });
    });

    expect(broken).toEqual([]);
  });

  it('knows every room of lib/', () => {
    const unknown = files.map((file) => roomOf(file.path)).filter((room) => room !== undefined && floorOf(room) < 0);

    expect([...new Set(unknown)]).toEqual([]);
  });

  it.each(tenants)('lets $files use only its part of the house', ({ files: pattern, rooms, also }) => {
    const broken = files
      .filter((file) => pattern.test(file.path))
      .flatMap((file) => brokenImports(file, (target) => also.test(target) || rooms.includes(roomOf(target) ?? '')));

    expect(broken).toEqual([]);
  });
});

describe('doors', () => {
  it.each(doors)('lets $thing in by its doors only', (door) => {
    const broken = files
      .filter((file) => !door.allowedIn.test(file.path))
      .flatMap((file) => {
        const packages = file.imports.filter(({ specifier, typeOnly }) => !typeOnly && door.package?.test(specifier));
        const used = door.code?.exec(file.code);
        return [...packages.map((found) => found.specifier), ...(used ? [used[0]] : [])].map(
          (what) => `${file.path} uses ${what}`,
        );
      });

    expect(broken).toEqual([]);
  });
});

describe('names and sizes', () => {
  const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
    .trim()
    .split('\n');

  it('has nothing at the top that is not agreed', () => {
    const entries = [...new Set(tracked.map((file) => file.split('/')[0] ?? ''))].sort();

    expect(entries.filter((entry) => !topLevel.includes(entry))).toEqual([]);
  });

  it('has no drawers, and names files in kebab-case', () => {
    const odd = files
      .map((file) => file.path)
      .filter(
        (path) =>
          drawers.test(path) || !/^[a-z0-9]+(-[a-z0-9]+)*(\.(flow|contract))?\.ts$/.test(path.split('/').at(-1) ?? ''),
      );

    expect(odd).toEqual([]);
  });

  it('exports by name, and has one barrel only: the list of flows', () => {
    const odd = files.filter(
      (file) =>
        /^export default\b/m.test(file.code) ||
        (/\/index\.ts$/.test(file.path) && file.path !== 'state-machines/index.ts') ||
        /^export \* from\b/m.test(file.code),
    );

    expect(odd.map((file) => file.path)).toEqual([]);
  });

  it('keeps every source file at 400 lines or fewer', () => {
    const long = files.filter((file) => file.text.split('\n').length > 401);

    expect(long.map((file) => file.path)).toEqual([]);
  });

  it('leaves nothing open or switched off', () => {
    const marks = [...files, ...sourceFiles('test')].filter(
      (file) =>
        file.path !== 'test/house.test.ts' &&
        /\b(TODO|FIXME|XXX|HACK)\b|\b(it|test|describe)\.(skip|only|todo)\(/.test(file.text),
    );

    expect(marks.map((file) => file.path)).toEqual([]);
  });
});
