import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Clock } from '../clock.ts';
import { parameterPath } from '../environment.ts';
import { SecretMissingError, type SecretSource } from './secret-source.ts';

/** Whose parameters {@link ssmSource} reads. */
export interface SsmSourceOptions {
  readonly environment: string;
  /** Its own parameters shadow the environment's. */
  readonly flowName: string;
  /** @default a client that honours `AWS_ENDPOINT_URL` */
  readonly client?: SSMClient;
  readonly clock: Clock;
}

const cacheSeconds = 300;

/**
 * Values from SSM: `/DataFlows/<environment>/<flow>/<NAME>`, else `/DataFlows/<environment>/<NAME>`.
 *
 * Decrypted in memory, for five minutes; so is the knowledge that a path is empty. Works with the right to
 * `ssm:GetParameter` on these paths alone.
 */
export function ssmSource({
  environment,
  flowName,
  client = new SSMClient({}),
  clock,
}: SsmSourceOptions): SecretSource {
  const provider = new SSMProvider({ awsSdkV3Client: client });
  const emptyUntil = new Map<string, number>();

  const read = async (path: string): Promise<string | undefined> => {
    if ((emptyUntil.get(path) ?? 0) > clock.now()) return undefined;
    try {
      const value = await provider.get(path, { decrypt: true, maxAge: cacheSeconds });
      if (value !== undefined) return value;
    } catch (error) {
      if (!isNotFound(error)) throw new Error(`cannot read the parameter ${path}`, { cause: error });
    }
    emptyUntil.set(path, clock.now() + cacheSeconds * 1000);
    return undefined;
  };
  const find = async (name: string) =>
    (await read(parameterPath(environment, name, flowName))) ?? (await read(parameterPath(environment, name)));
  return {
    find,
    async get(name) {
      const value = await find(name);
      if (value !== undefined) return value;
      throw new SecretMissingError(
        `'${name}' is not set in ${environment}: there is no parameter ${parameterPath(environment, name)}; ` +
          `set it with 'flow secrets set ${name} --env ${environment}'`,
      );
    },
  };
}

/** Powertools wraps what the client throws; the name survives bundling, the class may come twice. */
function isNotFound(error: unknown): boolean {
  return error instanceof Error && (error.name === 'ParameterNotFound' || isNotFound(error.cause));
}
