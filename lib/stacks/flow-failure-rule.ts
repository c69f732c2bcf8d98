import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Flow } from '../flow/flow.ts';
import { payloadOnFailure } from '../task/failed-execution.ts';
import type { EnvironmentResources } from './resources.ts';
import { ruleTarget } from './rule-target.ts';
import type { TaskFunction } from './task-function.ts';

/** Whose failures are told to which of its tasks. */
export interface FlowFailureRuleProps {
  readonly flow: Flow;
  readonly stateMachine: StateMachine;
  readonly task: TaskFunction;
  readonly resources: EnvironmentResources;
}

/**
 * Calls a flow's task when an execution has failed or timed out; also where schedules are off, for what is started by hand.
 *
 * The service tells of it on the account's own bus. Child executions of a Map Run belong to `<machine>/<label>`, so they
 * are not told of. A call that fails is tried twice more by Lambda.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-events.html
 */
export class FlowFailureRule extends Construct {
  constructor(scope: Construct, id: string, props: FlowFailureRuleProps) {
    super(scope, id);
    const { flow, stateMachine, task, resources } = props;
    const rule = new Rule(this, 'Rule', {
      description: `tells ${task.taskName} of the flow ${flow.name} that an execution failed`,
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [stateMachine.stateMachineArn], status: ['FAILED', 'TIMED_OUT'] },
      },
      targets: [ruleTarget(resources, { arn: task.function.functionArn, input: payload(task.taskName) })],
    });
    task.function.addPermission('OnFailure', {
      principal: new ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.ruleArn,
    });
  }
}

/** The detail goes whole: a field that an event lacks would leave a hole in the text, which were no JSON any more. */
function payload(taskName: string): RuleTargetInput {
  const told = payloadOnFailure(taskName, {
    detail: EventField.fromPath('$.detail'),
    executionArn: EventField.fromPath('$.detail.executionArn'),
    name: EventField.fromPath('$.detail.name'),
    startDate: EventField.fromPath('$.detail.startDate'),
  });
  return RuleTargetInput.fromObject(told);
}
