import { RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { FlowDefinition } from '../flow/check-flow.ts';
import { stateMachineLogGroupName, stateMachineName } from '../flow/deployed-names.ts';
import { FlowAlarms } from './flow-alarms.ts';
import { FlowEventRule } from './flow-event-rule.ts';
import { FlowFailureRule } from './flow-failure-rule.ts';
import { flowStatements } from './flow-policy.ts';
import { flowReferences } from './flow-references.ts';
import { FlowSchedule } from './flow-schedule.ts';
import { retentionOf } from './log-retention.ts';
import type { EnvironmentResources } from './resources.ts';
import { serviceRole } from './service-role.ts';
import { TaskFunction } from './task-function.ts';

/** One flow on AWS: a Lambda per task, the state machine of its ASL file, what starts it and what tells of its failures. */
export class DeployedFlow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: { definition: FlowDefinition; resources: EnvironmentResources }) {
    super(scope, id);
    const { definition, resources } = props;
    const { flow } = definition;
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
    if (flow.startsOn.length > 0) {
      new FlowEventRule(this, 'Events', { flow, stateMachine: this.stateMachine, resources });
    }
    const task = flow.onFailure === undefined ? undefined : functions.get(flow.onFailure);
    if (task) new FlowFailureRule(this, 'Failures', { flow, stateMachine: this.stateMachine, task, resources });
    new FlowAlarms(this, 'Alarms', { flow, stateMachine: this.stateMachine, resources });
    Tags.of(this).add('flow', flow.name);
  }
}

function stateMachine(
  scope: Construct,
  options: {
    definition: FlowDefinition;
    resources: EnvironmentResources;
    functions: ReadonlyMap<string, TaskFunction>;
  },
): StateMachine {
  const { definition, resources } = options;
  const { environment } = resources;
  const stack = Stack.of(scope);
  const references = flowReferences(stack, definition, options);
  const role = serviceRole(scope, 'Role', {
    service: 'states.amazonaws.com',
    description: `what the state machine of the flow ${definition.flow.name} may do`,
    statements: flowStatements(stack, definition, { references, resources }),
    wildcards: 'log delivery and tracing take no resource; the others are executions of flows that this one starts',
  });
  const destination = new LogGroup(scope, 'History', {
    logGroupName: stateMachineLogGroupName(environment.name, definition.flow.name),
    retention: retentionOf(environment),
    removalPolicy: RemovalPolicy.DESTROY,
  });
  return new StateMachine(scope, 'StateMachine', {
    stateMachineName: stateMachineName(environment.name, definition.flow.name),
    definitionBody: DefinitionBody.fromString(definition.aslText),
    definitionSubstitutions: { ...references.substitutions },
    role,
    // payloads may hold what a task was given; the history API shows them to whoever may see them
    logs: { destination, level: LogLevel.ALL, includeExecutionData: false },
    tracingEnabled: true,
  });
}
