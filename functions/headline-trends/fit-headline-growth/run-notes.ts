import type { PublishOptions } from '../../../lib/artifact/publish.ts';
import type { GrowthRun } from './growth-run.ts';

/** What the manifest of a run's artifact says about where it comes from. */
export function runNotes(
  run: GrowthRun,
  artifactName: string,
): Pick<PublishOptions, 'sourceWindow' | 'notes' | 'accept'> {
  const { start, end, rules, dayZone, maxRse, adjustForDispersion, runKey, accept } = run;
  const error = adjustForDispersion ? 'dispersion-adjusted relative standard error' : 'relative standard error';
  return {
    sourceWindow: { from: start, to: end },
    notes: [
      `fitted by the ${rules} rules to days of ${dayZone}; ranked where the ${error} is below ${maxRse}`,
      `model run ${runKey}`,
    ],
    ...(accept?.artifact === artifactName ? { accept } : {}),
  };
}
