import { NestedStack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FlowDefinition } from '../flow/check-flow.ts';
import { DeployedFlow } from './flow.ts';
import type { EnvironmentResources } from './resources.ts';

/** The flows of one group, in a nested stack of their own: a stack stops at 500 resources. */
export class FlowGroupStack extends NestedStack {
  constructor(
    scope: Construct,
    id: string,
    {
      group,
      definitions,
      resources,
    }: { group: string; definitions: readonly FlowDefinition[]; resources: EnvironmentResources },
  ) {
    super(scope, id, { description: `flows of the group ${group} in the environment ${resources.environment.name}` });
    for (const definition of definitions) new DeployedFlow(this, definition.flow.name, { definition, resources });
    Tags.of(this).add('group', group);
  }
}
