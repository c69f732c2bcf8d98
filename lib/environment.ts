import { UsageError } from './errors.ts';

/** A named deployment of all flows: where they run and how long their traces are kept. */
export interface Environment {
  readonly name: string;
  /** What executes the state machines: the engine in this process, or Step Functions. */
  readonly runsOn: 'engine' | 'aws';
  /** Target account; the account of the caller's credentials when absent. */
  readonly account?: string;
  readonly region: string;
  /** The branch whose commits are deployed here; none for a laptop. */
  readonly branch?: string;
  readonly schedulesEnabled: boolean;
  readonly resultRetentionDays: number;
  readonly logRetentionDays: number;
  /** Whether the bucket outlives its stack, and a warehouse of its own leaves a snapshot. */
  readonly retainData: boolean;
  /** A warehouse that its stack makes, and that sleeps while nobody uses it. @default none; the secret `WAREHOUSE_URL` names one */
  readonly warehouse?: 'aurora';
}

/** Every environment there is; a new one is one more row. */
export const environments = [
  {
    name: 'local',
    runsOn: 'engine',
    region: 'us-east-1',
    schedulesEnabled: false,
    resultRetentionDays: 7,
    logRetentionDays: 7,
    retainData: true,
  },
  {
    name: 'dev',
    runsOn: 'aws',
    region: 'us-east-1',
    branch: 'staging',
    schedulesEnabled: false,
    resultRetentionDays: 7,
    logRetentionDays: 14,
    retainData: false,
  },
  {
    name: 'prod',
    runsOn: 'aws',
    region: 'us-east-1',
    branch: 'main',
    schedulesEnabled: true,
    resultRetentionDays: 30,
    logRetentionDays: 90,
    retainData: true,
  },
] as const satisfies readonly Environment[];

/**
 * The environment of that name.
 *
 * @throws {UsageError} no row has that name; the message lists those that do
 */
export function environmentNamed(name: string): Environment {
  const found = environments.find((environment) => environment.name === name);
  if (found) return found;
  const known = environments.map((environment) => environment.name).join(', ');
  throw new UsageError(`unknown environment '${name}'; known environments: ${known}`, {
    hint: 'add a row to lib/environment.ts to create one',
  });
}

/** The SSM path of a secret or setting in an environment; with `flowName`, the path that shadows it for one flow. */
export function parameterPath(environment: string, name: string, flowName?: string): string {
  return flowName ? `/DataFlows/${environment}/${flowName}/${name}` : `/DataFlows/${environment}/${name}`;
}

/** The secret by which a task says that it uses the warehouse: its address. */
export const warehouseSecret = 'WAREHOUSE_URL';

/** Secrets that nobody has to set in an environment, because its stack knows what they would say. */
export function secretsOfStack({ warehouse }: Environment): readonly string[] {
  return warehouse ? [warehouseSecret] : [];
}
