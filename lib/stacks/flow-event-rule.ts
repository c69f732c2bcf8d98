import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { FlowScheduleProps } from './flow-schedule.ts';
import { ruleTarget } from './rule-target.ts';
import { serviceRole } from './service-role.ts';

/** Starts a flow when one of the artifacts that it names is published; where schedules are off, so is this. */
export class FlowEventRule extends Construct {
  constructor(scope: Construct, id: string, { flow, stateMachine, resources }: FlowScheduleProps) {
    super(scope, id);
    const { eventBus, environment } = resources;
    const role = serviceRole(this, 'Role', {
      service: 'events.amazonaws.com',
      description: `starts the flow ${flow.name} on events`,
      statements: [
        new PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachine.stateMachineArn] }),
      ],
    });
    new Rule(this, 'Rule', {
      eventBus,
      description: `starts the flow ${flow.name}`,
      eventPattern: { detailType: ['Artifact Published'], detail: { artifact: [...flow.startsOn] } },
      enabled: environment.schedulesEnabled,
      targets: [
        ruleTarget(resources, { arn: stateMachine.stateMachineArn, role, input: RuleTargetInput.fromObject({}) }),
      ],
    });
  }
}
