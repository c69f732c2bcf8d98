import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { UsageError } from '../errors.ts';
import { SecretMissingError, type SecretSource } from './secret-source.ts';

/** Where {@link envSource} looks. */
export interface EnvSourceOptions {
  /** A file of `NAME=value` lines; one that does not exist is as good as empty. */
  readonly envFile?: string;
  /** @default process.env */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

/**
 * Values from an `.env` file and from process variables; the process wins. Empty values count as not set.
 *
 * @throws {UsageError} the file is there but cannot be read
 */
export function envSource(options: EnvSourceOptions = {}): SecretSource {
  const fileValues = options.envFile === undefined ? {} : readEnvFile(options.envFile);
  const variables = options.variables ?? process.env;
  const find = async (name: string) => own(variables, name) || own(fileValues, name) || undefined;
  return {
    find,
    async get(name) {
      const value = await find(name);
      if (value !== undefined) return value;
      throw new SecretMissingError(`'${name}' is not set; put ${name}=… into .env, or set the process variable`);
    },
  };
}

function own(values: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function readEnvFile(path: string): NodeJS.Dict<string> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new UsageError(`cannot read the settings file '${path}'`, { cause: error });
  }
  return parseEnv(text);
}
