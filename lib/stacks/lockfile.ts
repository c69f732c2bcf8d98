import { readFileSync } from 'node:fs';
import * as z from 'zod';

const names = z.record(z.string(), z.string()).default({});
const lockedPackage = z.looseObject({
  version: z.string().optional(),
  integrity: z.string().optional(),
  os: z.array(z.string()).optional(),
  cpu: z.array(z.string()).optional(),
  libc: z.array(z.string()).optional(),
  dependencies: names,
  optionalDependencies: names,
});

/** One package as the lockfile pins it. */
export type LockedPackage = z.infer<typeof lockedPackage>;

const lockfile = z.object({ packages: z.record(z.string(), lockedPackage) });

/** Every installed package of a project by its path (`node_modules/zod`), as its `package-lock.json` has it. */
export function readLockfile(file: string): Readonly<Record<string, LockedPackage>> {
  return lockfile.parse(JSON.parse(readFileSync(file, 'utf8'))).packages;
}

/**
 * A package and all that it depends on, directly or not, optional packages of every platform included.
 *
 * @returns entries of the lockfile by their path; packages nested below others are not looked for
 */
export function withDependencies(
  packages: Readonly<Record<string, LockedPackage>>,
  name: string,
): Record<string, LockedPackage> {
  const found: Record<string, LockedPackage> = {};
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const path = `node_modules/${next}`;
    const locked = packages[path];
    if (!locked || found[path]) continue;
    found[path] = locked;
    waiting.push(...Object.keys(locked.dependencies), ...Object.keys(locked.optionalDependencies));
  }
  return found;
}

/** Whether npm would install the package on Linux with that processor and the GNU C library. */
export function runsOn(locked: LockedPackage, cpu: string): boolean {
  return allows(locked.os, 'linux') && allows(locked.cpu, cpu) && allows(locked.libc, 'glibc');
}

function allows(list: readonly string[] | undefined, value: string): boolean {
  return list === undefined || list.includes(value);
}
