import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lint } from '../asl/lint.ts';
import type { Diagnostic } from '../asl/validate/diagnostic.ts';
import { validateDefinition } from '../asl/validate/validate-definition.ts';
import { UsageError } from '../errors.ts';
import { checkLimits } from '../execution/limits/check-limits.ts';
import { checkFlow, type FlowDefinition } from '../flow/check-flow.ts';
import { aslPath } from '../flow/task-path.ts';

/**
 * Stops a synth for what `flow check` calls an error, in the same words: a broken flow never reaches AWS.
 *
 * @throws {UsageError} one line per error, each with the file that it is in
 */
export function refuseBrokenFlows(definitions: readonly FlowDefinition[], projectFolder: string): void {
  const project = {
    flowNames: definitions.map(({ flow }) => flow.name),
    readFile: (path: string) => {
      const file = join(projectFolder, path);
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    },
  };
  const lines = definitions.flatMap((definition) => [
    ...checkFlow(definition, project)
      .filter(({ severity }) => severity === 'error')
      .map(({ file, message }) => `${file}: ${message}`),
    ...stateMachineErrors(definition.aslText).map((message) => `${aslPath(definition.flow)}: ${message}`),
  ]);
  if (lines.length > 0) throw new UsageError(lines.join('\n'));
}

/** What the service would refuse, or the engine cannot run; when there is nothing, what is certain to break a limit. */
function stateMachineErrors(aslText: string): string[] {
  const refused = diagnosticsOf(aslText).filter(({ severity }) => severity === 'ERROR');
  if (refused.length > 0) return refused.map(({ location, message }) => message + (location ? ` (${location})` : ''));
  return checkLimits(aslText, [])
    .filter(({ severity }) => severity === 'error')
    .map(({ state, message }) => (state === undefined ? message : `state '${state}': ${message}`));
}

/** What the service would refuse; when there is nothing, what the engine cannot run. */
function diagnosticsOf(aslText: string): Diagnostic[] {
  const refused = validateDefinition(aslText);
  return refused.length > 0 ? refused : lint(aslText);
}
