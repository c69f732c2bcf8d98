import { Duration, TimeZone } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Schedule as DeployedSchedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { scheduleName } from '../flow/deployed-names.ts';
import type { Flow } from '../flow/flow.ts';
import type { EnvironmentResources } from './resources.ts';
import { serviceRole } from './service-role.ts';

/** What a flow's schedules start. */
export interface FlowScheduleProps {
  readonly flow: Flow;
  readonly stateMachine: StateMachine;
  readonly resources: EnvironmentResources;
}

/** A start that is an hour late is a start that the next one or the operator should make. */
const retryPolicy = { maxEventAge: Duration.hours(1), retryAttempts: 10 };

/** A flow's schedules, with the one role that may start this state machine and nothing else. */
export class FlowSchedule extends Construct {
  constructor(scope: Construct, id: string, { flow, stateMachine, resources }: FlowScheduleProps) {
    super(scope, id);
    const { deadLetterQueue, scheduleGroup, environment } = resources;
    const role = serviceRole(this, 'Role', {
      service: 'scheduler.amazonaws.com',
      description: `starts the flow ${flow.name} on schedule`,
      statements: [
        new PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachine.stateMachineArn] }),
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetterQueue.queueArn] }),
      ],
    });
    for (const [index, schedule] of flow.schedules.entries()) {
      new DeployedSchedule(this, `Schedule${index + 1}`, {
        scheduleName: scheduleName(flow.name, index),
        scheduleGroup,
        description: flow.description,
        schedule: ScheduleExpression.expression(`cron(${schedule.cron})`, TimeZone.of(schedule.timeZone)),
        enabled: environment.schedulesEnabled,
        target: new StepFunctionsStartExecution(stateMachine, {
          role,
          deadLetterQueue,
          input: ScheduleTargetInput.fromObject(schedule.input),
          ...retryPolicy,
        }),
      });
    }
  }
}
