import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { type LockedPackage, runsOn } from './lockfile.ts';

/**
 * Lets npm install into a folder what it would install on Linux with another processor.
 *
 * The folder gets a lockfile that holds these entries of the project's and no others, so npm refuses every byte that
 * does not match their integrity, and asks the registry that this machine is set up for.
 *
 * @param locked the packages with all their dependencies, by their path in the lockfile
 * @param cpu as npm says it: `arm64` or `x64`
 * @throws {UsageError} npm could not fetch them, or they are not what the lockfile says
 */
export function fetchPackages(folder: string, locked: Readonly<Record<string, LockedPackage>>, cpu: string): void {
  const wanted = Object.entries(locked).filter(([, one]) => runsOn(one, cpu));
  const dependencies = Object.fromEntries(
    wanted.map(([path, { version }]) => [path.replace('node_modules/', ''), version]),
  );
  // optional, npm would pass over what it cannot get or trust without a word; with a platform, refuse it on another
  const required = wanted.map(([path, { optional: _optional, os: _os, cpu: _cpu, libc: _libc, ...one }]) => [
    path,
    one,
  ]);
  const packages = { '': { dependencies }, ...locked, ...Object.fromEntries(required) };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, requires: true, packages }));

  const options = ['--omit=optional', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  const npm = spawnSync('npm', ['ci', ...options, '--loglevel=error'], { cwd: folder, encoding: 'utf8' });
  if (npm.status === 0) return;
  const reason = (npm.stderr || npm.error?.message || `exit code ${npm.status}`).trim();
  throw new UsageError(`npm could not fetch the native packages for linux-${cpu}: ${reason}`, {
    hint: "they are fetched once and then kept; this machine's own processor, by --context architecture, needs none",
  });
}
