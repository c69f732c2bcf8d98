import { NestedStack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { DeployedFlow } from './flow.ts';
import type { EnvironmentResources, FlowSource } from './resources.ts';

/** The flows of one group, in a nested stack of their own: a stack stops at 500 resources. */
export class FlowGroupStack extends NestedStack {
  constructor(
    scope: Construct,
    id: string,
    { group, sources, resources }: { group: string; sources: readonly FlowSource[]; resources: EnvironmentResources },
  ) {
    super(scope, id, { description: `flows of the group ${group} in the environment ${resources.environment.name}` });
    for (const source of sources) new DeployedFlow(this, source.flow.name, { source, resources });
    Tags.of(this).add('group', group);
  }
}
