import { UsageError } from '../errors.ts';
import { parse } from './parse.ts';
import type { Diagnostic } from './validate/diagnostic.ts';

/**
 * Looks for everything in a definition that would keep it from running, in the service's words where it has them.
 *
 * `flow check`, `flow run` and `cdk synth` share it. References such as `${FetchPricesArn}` may still stand in it.
 *
 * @returns no errors for a definition that {@link parse} takes
 */
export function lint(text: string): Diagnostic[] {
  try {
    parse(text);
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [{ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: error.message }];
  }
}
