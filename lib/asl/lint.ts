import { UsageError } from '../errors.ts';
import { parse } from './parse.ts';
import type { Diagnostic } from './validate/diagnostic.ts';
import type { MachineType } from './validate/place.ts';
import { validateDefinition } from './validate/validate-definition.ts';

/**
 * Looks for everything in a definition that would keep it from being created or run, in the service's words where it
 * has them.
 *
 * `flow check`, `flow run` and `cdk synth` share it. References such as `${FetchPricesArn}` may still stand in it.
 *
 * @default options.type 'STANDARD'
 * @returns no errors for a definition that the service would accept and {@link parse} takes
 */
export function lint(text: string, options: { type?: MachineType } = {}): Diagnostic[] {
  const found = validateDefinition(text, options);
  if (found.some(({ severity }) => severity === 'ERROR')) return found;
  try {
    parse(text);
    return found;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [...found, { severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: error.message }];
  }
}
