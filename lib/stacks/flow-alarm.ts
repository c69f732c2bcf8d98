import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { deployedName } from '../flow/deployed-names.ts';
import type { Flow } from '../flow/flow.ts';
import type { EnvironmentResources } from './resources.ts';

/** Tells the operator when an execution of the flow failed or ran out of time; one that was stopped had its reason. */
export function failureAlarm(
  scope: Construct,
  { flow, stateMachine, resources }: { flow: Flow; stateMachine: StateMachine; resources: EnvironmentResources },
): Alarm {
  const alarm = new Alarm(scope, 'Failure', {
    alarmName: deployedName(resources.environment.name, flow.name, 'failed'),
    alarmDescription: `an execution of the flow ${flow.name} did not succeed; see its history, then redrive it`,
    metric: new MathExpression({
      expression: 'failed + timedOut',
      usingMetrics: { failed: stateMachine.metricFailed(), timedOut: stateMachine.metricTimedOut() },
      period: Duration.minutes(5),
    }),
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(resources.alarmTopic));
  return alarm;
}
