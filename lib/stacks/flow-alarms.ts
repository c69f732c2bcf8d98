import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  MathExpression,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { UsageError } from '../errors.ts';
import { deployedName } from '../flow/deployed-names.ts';
import type { Flow } from '../flow/flow.ts';
import type { EnvironmentResources } from './resources.ts';

/** CloudWatch looks back no further than a week. */
const longestStalenessHours = 7 * 24;

/** What is watched, and who is told. */
export interface FlowAlarmsProps {
  readonly flow: Flow;
  readonly stateMachine: StateMachine;
  readonly resources: EnvironmentResources;
}

/** What tells the operator that a flow failed, or that nothing new has come of it for too long. */
export class FlowAlarms extends Construct {
  constructor(scope: Construct, id: string, props: FlowAlarmsProps) {
    super(scope, id);
    const { flow, resources } = props;
    this.#alarm('Failed', resources, failed(props));
    // where no schedule fires, silence is what is wanted
    if (flow.maxStalenessHours !== undefined && resources.environment.schedulesEnabled) {
      this.#alarm('Stale', resources, stale(props, flow.maxStalenessHours));
    }
  }

  #alarm(id: string, { alarmTopic }: EnvironmentResources, props: AlarmProps): void {
    new Alarm(this, id, props).addAlarmAction(new SnsAction(alarmTopic));
  }
}

/** An execution that was stopped had its reason, and is not counted. */
function failed({ flow, stateMachine, resources }: FlowAlarmsProps): AlarmProps {
  return {
    alarmName: deployedName(resources.environment.name, flow.name, 'failed'),
    alarmDescription: `an execution of the flow ${flow.name} did not succeed; see its history, then redrive it`,
    metric: new MathExpression({
      // a sum over a list passes over a metric without data; with `+` there would be no value at all
      expression: 'SUM([failed, timedOut])',
      usingMetrics: { failed: stateMachine.metricFailed(), timedOut: stateMachine.metricTimedOut() },
      period: Duration.minutes(5),
    }),
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  };
}

/** An artifact is as old as the last execution that succeeded, also one that found nothing new to publish. */
function stale({ flow, stateMachine, resources }: FlowAlarmsProps, hours: number): AlarmProps {
  if (hours > longestStalenessHours) {
    throw new UsageError(
      `flow '${flow.name}' has maxStalenessHours ${hours}; CloudWatch can watch for at most ${longestStalenessHours}`,
    );
  }
  return {
    alarmName: deployedName(resources.environment.name, flow.name, 'stale'),
    alarmDescription: `no execution of the flow ${flow.name} has succeeded for ${hours} hours`,
    metric: stateMachine.metricSucceeded({ period: Duration.hours(1), statistic: Stats.SUM }),
    threshold: 1,
    evaluationPeriods: Math.ceil(hours),
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.BREACHING,
  };
}
