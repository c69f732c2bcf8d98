import { TaskError } from '../errors.ts';

/**
 * Named texts that differ between environments: secrets (API keys) and settings (base URLs) alike.
 *
 * Values are read at run time and never stored by a caller.
 */
export interface SecretSource {
  /** @throws {SecretMissingError} nothing is set under this name */
  get(name: string): Promise<string>;
  /** Undefined when nothing is set under this name. */
  find(name: string): Promise<string | undefined>;
}

/** A declared secret or setting has no value in this environment. Final until someone sets it. */
export class SecretMissingError extends TaskError {
  override readonly name = 'SecretMissingError';
}
