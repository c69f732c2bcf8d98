import { openStore } from '../lib/artifact/open-store.ts';
import type { World, WorldRequest } from '../lib/cli/world.ts';
import { systemClock } from '../lib/clock.ts';
import { awsCall } from '../lib/cloud/aws-call.ts';
import { openCloud } from '../lib/cloud/open-cloud.ts';
import type { Environment } from '../lib/environment.ts';
import type { SecretSource } from '../lib/secret/secret-source.ts';
import { ssmSource } from '../lib/secret/ssm-source.ts';
import { flowDefinitions } from './flow-definitions.ts';
import type { Folders } from './project-folders.ts';

/** An environment on AWS: Step Functions, its result bucket and its parameters. */
export async function openCloudWorld({ environment }: WorldRequest, folders: Folders): Promise<World> {
  // an environment lies in one region, whatever the shell's profile says; every AWS client reads it here
  process.env.AWS_REGION = environment.region;
  const clock = systemClock;
  const flows = await flowDefinitions(folders.project);
  const cloud = await openCloud(
    environment,
    flows.map(({ flow }) => flow),
    clock,
  );
  return {
    environment,
    flows,
    executions: cloud.executions,
    artifacts: await openStore(cloud.storeUrl, clock),
    secretsOf: (flowName) => spoken(ssmSource({ environment: environment.name, flowName, clock }), environment),
    clock,
    source: { kind: 'live' },
    projectFolder: folders.project,
    homeFolder: folders.home,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** Refusals of AWS as sentences: whoever checks secrets at a keyboard can do something about them. */
function spoken(source: SecretSource, { name: environment, region }: Environment): SecretSource {
  const doing = (name: string) => `read the parameter ${name}`;
  return {
    get: (name) => awsCall(doing(name), { environment, region }, () => source.get(name)),
    find: (name) => awsCall(doing(name), { environment, region }, () => source.find(name)),
  };
}
