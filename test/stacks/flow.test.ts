import { describe, expect, it } from 'vitest';
import type { FlowDefinition } from '../../lib/flow/check-flow.ts';
import { aFlow, aslText, lambdaTask, madeUpEnvironment, nestedFlow, theOnly } from './made-up-environment.ts';
import { permissionsOf } from './permissions.ts';

const states = 'states.amazonaws.com';

/** What every state machine may do besides what its definition names. */
const always = [
  'logs:CreateLogDelivery on *',
  'logs:DeleteLogDelivery on *',
  'logs:DescribeLogGroups on *',
  'logs:DescribeResourcePolicies on *',
  'logs:GetLogDelivery on *',
  'logs:ListLogDeliveries on *',
  'logs:PutResourcePolicy on *',
  'logs:UpdateLogDelivery on *',
  'xray:GetSamplingRules on *',
  'xray:GetSamplingTargets on *',
  'xray:PutTelemetryRecords on *',
  'xray:PutTraceSegments on *',
];

const machines = 'arn:aws:states:us-east-1:{account}';

const cook = ['Cook', lambdaTask('Cook')] as const;

const tellBus = {
  Type: 'Task',
  Resource: 'arn:aws:states:::events:putEvents',
  Arguments: { Entries: [{ EventBusName: '${EventBusArn}', Source: 'data-flows.plum-jam', DetailType: 'Jam Made' }] },
};

const distributedMap = {
  Type: 'Map',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'Pit',
    States: { Pit: { Type: 'Pass', End: true } },
  },
};

describe('a flow on AWS', () => {
  it('is the state machine of its ASL file, which nothing has changed', () => {
    const source = aFlow({ name: 'plum-jam', tasks: { Cook: {} } });

    const { Properties } = theOnly(groupOf(source), 'AWS::StepFunctions::StateMachine');

    expect(Properties).toMatchObject({
      StateMachineName: 'DataFlows-dev-plum-jam',
      DefinitionString: source.aslText,
      DefinitionSubstitutions: { CookArn: { 'Fn::GetAtt': [expect.stringContaining('CookFunction'), 'Arn'] } },
    });
  });

  it('logs every event without what it was about, and is traced', () => {
    const template = groupOf(aFlow({ name: 'plum-jam' }));

    expect(theOnly(template, 'AWS::StepFunctions::StateMachine').Properties).toMatchObject({
      LoggingConfiguration: {
        Level: 'ALL',
        IncludeExecutionData: false,
        Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: { 'Fn::GetAtt': [expect.any(String), 'Arn'] } } }],
      },
      TracingConfiguration: { Enabled: true },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/aws/vendedlogs/states/DataFlows-dev-plum-jam',
      RetentionInDays: 14,
    });
  });

  it.each([
    {
      name: 'its tasks',
      source: aFlow({ name: 'plum-jam', tasks: { Cook: {} } }),
      also: ['lambda:InvokeFunction on {Cook}'],
    },
    {
      name: 'a flow of another group, and waits for it',
      source: { ...aFlow({ name: 'plum-jam' }), aslText: aslText([['RunSoup', nestedFlow('PeaSoupFlow')]]) },
      also: [
        `states:StartExecution on ${machines}:stateMachine:DataFlows-dev-pea-soup`,
        `states:DescribeExecution on ${machines}:execution:DataFlows-dev-pea-soup:*`,
        `states:StopExecution on ${machines}:execution:DataFlows-dev-pea-soup:*`,
        ...['PutTargets', 'PutRule', 'DescribeRule'].map(
          (action) =>
            `events:${action} on arn:aws:events:us-east-1:{account}:` +
            'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule',
        ),
      ],
    },
    {
      name: 'the event bus',
      source: { ...aFlow({ name: 'plum-jam' }), aslText: aslText([['Tell', tellBus]]) },
      also: ['events:PutEvents on {bus}'],
    },
    {
      name: 'a distributed Map over its results',
      source: { ...aFlow({ name: 'plum-jam' }), aslText: aslText([['PitAll', distributedMap]]) },
      also: [
        `states:StartExecution on ${machines}:stateMachine:DataFlows-dev-plum-jam`,
        ...['Describe', 'Redrive', 'Stop'].map(
          (verb) => `states:${verb}Execution on ${machines}:execution:DataFlows-dev-plum-jam/*:*`,
        ),
        's3:GetObject on {bucket}/results/plum-jam/*',
        's3:PutObject on {bucket}/results/plum-jam/*',
      ],
    },
  ])('may use what its definition names and nothing else: $name', ({ source, also }) => {
    expect(permissionsOf(groupOf(source), states)).toEqual([...always, ...also].sort());
  });

  it('may not call a task that only the manifest has', () => {
    const source = { ...aFlow({ name: 'plum-jam', tasks: { Cook: {}, Spare: {} } }), aslText: aslText([cook]) };

    expect(permissionsOf(groupOf(source), states)).toEqual([...always, 'lambda:InvokeFunction on {Cook}'].sort());
  });

  it('is refused when its definition names a task that the manifest does not have', () => {
    const source = { ...aFlow({ name: 'plum-jam', tasks: { Pit: {} } }), aslText: aslText([cook]) };

    expect(() => groupOf(source)).toThrow(
      "the state machine of flow 'plum-jam' names ${CookArn}, but its manifest has no task 'Cook'; it has Pit",
    );
  });

  it('may start a flow that starts a flow of its own group', () => {
    const flows = [
      { ...aFlow({ name: 'plum-jam' }), aslText: aslText([['RunSoup', nestedFlow('PeaSoupFlow')]]) },
      {
        ...aFlow({ name: 'pea-soup', group: 'vegetables' }),
        aslText: aslText([['RunJelly', nestedFlow('PlumJellyFlow')]]),
      },
      aFlow({ name: 'plum-jelly' }),
    ];

    expect(() => madeUpEnvironment({ flows }).app.synth()).not.toThrow();
  });
});

function groupOf(source: FlowDefinition) {
  return madeUpEnvironment({ flows: [source] }).group('fruit');
}
