import type { Manifest, ManifestCheck } from './manifest.ts';

/** Whether the check compares with the previous version; only such checks can be released by an override. */
export function isDriftCheck({ name }: Pick<ManifestCheck, 'name'>): boolean {
  return name === 'rows' || name === 'columns-unchanged';
}

/** Whether these are still the columns of the version that readers have now. */
export function checkColumnsUnchanged(
  columns: Manifest['columns'],
  previous: Pick<Manifest, 'version' | 'columns'>,
): ManifestCheck {
  const now = columns.map(describe);
  const before = previous.columns.map(describe);
  const gone = before.filter((column) => !now.includes(column));
  const added = now.filter((column) => !before.includes(column));
  const passed = now.join() === before.join();
  const changes = [
    gone.length > 0 && `gone: ${gone.join(', ')}`,
    added.length > 0 && `new: ${added.join(', ')}`,
    gone.length + added.length === 0 && 'the same in another order',
  ].filter(Boolean);
  return {
    name: 'columns-unchanged',
    level: 'fail',
    passed,
    figure: gone.length + added.length,
    detail: passed
      ? `the ${now.length} columns of version ${previous.version}`
      : `other columns than version ${previous.version} (${changes.join('; ')})`,
  };
}

/** The checks with failed drift turned into warnings, because someone accepted it for this once. */
export function acceptDrift(checks: readonly ManifestCheck[], acceptedVersion: string): ManifestCheck[] {
  return checks.map((check) =>
    isDriftCheck(check) && !check.passed
      ? { ...check, level: 'warn', detail: `${check.detail}; accepted by an override of version ${acceptedVersion}` }
      : check,
  );
}

function describe({ name, type, nullable }: Manifest['columns'][number]): string {
  return `${name} ${type}${nullable ? '?' : ''}`;
}
