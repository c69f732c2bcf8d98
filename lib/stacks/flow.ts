import { RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { stateMachineLogGroupName, stateMachineName } from '../flow/deployed-names.ts';
import { failureAlarm } from './flow-alarm.ts';
import { flowStatements } from './flow-policy.ts';
import { flowReferences } from './flow-references.ts';
import { FlowSchedule } from './flow-schedule.ts';
import { retentionOf } from './log-retention.ts';
import type { EnvironmentResources, FlowSource } from './resources.ts';
import { serviceRole } from './service-role.ts';
import { TaskFunction } from './task-function.ts';

/** One flow on AWS: a Lambda per task, the state machine of its ASL file, its schedules and its alarm. */
export class DeployedFlow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: { source: FlowSource; resources: EnvironmentResources }) {
    super(scope, id);
    const { source, resources } = props;
    const { flow } = source;
    const functions = new Map(
      Object.entries(flow.tasks).map(([taskName, manifest]) => [
        taskName,
        new TaskFunction(this, taskName, { flow, taskName, manifest, resources }),
      ]),
    );
    this.stateMachine = stateMachine(this, { ...props, functions });
    if (flow.schedules.length > 0) {
      new FlowSchedule(this, 'Schedules', { flow, stateMachine: this.stateMachine, resources });
    }
    failureAlarm(this, { flow, stateMachine: this.stateMachine, resources });
    Tags.of(this).add('flow', flow.name);
  }
}

function stateMachine(
  scope: Construct,
  options: { source: FlowSource; resources: EnvironmentResources; functions: ReadonlyMap<string, TaskFunction> },
): StateMachine {
  const { source, resources } = options;
  const { environment } = resources;
  const stack = Stack.of(scope);
  const references = flowReferences(stack, source, options);
  const role = serviceRole(scope, 'Role', {
    service: 'states.amazonaws.com',
    description: `what the state machine of the flow ${source.flow.name} may do`,
    statements: flowStatements(stack, source, { references, resources }),
    wildcards: 'log delivery and tracing take no resource; the others are executions of flows that this one starts',
  });
  const destination = new LogGroup(scope, 'History', {
    logGroupName: stateMachineLogGroupName(environment.name, source.flow.name),
    retention: retentionOf(environment),
    removalPolicy: RemovalPolicy.DESTROY,
  });
  return new StateMachine(scope, 'StateMachine', {
    stateMachineName: stateMachineName(environment.name, source.flow.name),
    comment: source.flow.description,
    definitionBody: DefinitionBody.fromString(source.aslText),
    definitionSubstitutions: { ...references.substitutions },
    role,
    // payloads may hold what a task was given; the history API shows them to whoever may see them
    logs: { destination, level: LogLevel.ALL, includeExecutionData: false },
    tracingEnabled: true,
  });
}
