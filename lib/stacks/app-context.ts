import { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { Node } from 'constructs';
import { type Environment, environmentNamed, environments } from '../environment.ts';
import { UsageError } from '../errors.ts';

const architectures: Readonly<Record<string, Architecture>> = {
  arm64: Architecture.ARM_64,
  x86_64: Architecture.X86_64,
};

/** What `--context` chose: the environment to deploy and the processors that its Lambdas run on. */
export interface AppContext {
  readonly environment: Environment;
  readonly architecture: Architecture;
}

/**
 * Reads the choices made on the command line.
 *
 * @default env `dev`, architecture `arm64`
 * @throws {UsageError} a choice is not among those there are; the message lists them
 */
export function readContext(node: Node): AppContext {
  return {
    environment: deployedEnvironment(String(node.tryGetContext('env') ?? 'dev')),
    architecture: architectureNamed(String(node.tryGetContext('architecture') ?? 'arm64')),
  };
}

function deployedEnvironment(name: string): Environment {
  const environment = environmentNamed(name);
  if (environment.runsOn === 'aws') return environment;
  const deployed = environments.filter(({ runsOn }) => runsOn === 'aws').map((known) => known.name);
  throw new UsageError(`environment '${name}' is not deployed; those that are: ${deployed.join(', ')}`, {
    hint: `run its flows with 'flow run <flow>'`,
  });
}

function architectureNamed(name: string): Architecture {
  const found = architectures[name];
  if (found) return found;
  throw new UsageError(`unknown architecture '${name}'; allowed: ${Object.keys(architectures).join(', ')}`);
}
