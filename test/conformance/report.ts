import type { Verdict } from './judge.ts';

/** How many cases of a group the engine answers as the service did. */
export interface Tally {
  readonly passed: number;
  readonly total: number;
}

export function tally(verdicts: readonly Verdict[]): Tally {
  return { passed: verdicts.filter(({ problems }) => problems.length === 0).length, total: verdicts.length };
}

/** Of the histories whose links can be compared, how many have the same ones. */
function linkTally(verdicts: readonly Verdict[]): Tally {
  const compared = verdicts.filter(({ hasSameLinks }) => hasSameLinks !== undefined);
  return { passed: compared.filter(({ hasSameLinks }) => hasSameLinks).length, total: compared.length };
}

/**
 * The report as lines: each failure with its first problem, each group, the cases that are not confirmed to come from
 * the service, and last the figure that counts.
 */
export function reportLines(verdicts: readonly Verdict[]): string[] {
  const failures = verdicts.filter(({ problems }) => problems.length > 0);
  const groups = Map.groupBy(verdicts, ({ group }) => group);
  const validated = verdicts.filter(({ awsValidated }) => awsValidated);
  const others = tally(verdicts.filter(({ awsValidated }) => !awsValidated));
  const { passed, total } = tally(validated);
  return [
    ...failures.map(({ id, problems }) => `FAILED ${id}\n       ${problems.join('\n       ')}`),
    ...[...groups].map(([group, members]) => `${group.padEnd(28)} ${figures(tally(members))}`),
    `event links as recorded      ${figures(linkTally(verdicts))}`,
    `not confirmed by AWS         ${figures(others)}`,
    `conformance: ${passed} of ${total}`,
  ];
}

function figures({ passed, total }: Tally): string {
  return `${String(passed).padStart(4)} of ${String(total).padStart(4)}`;
}
