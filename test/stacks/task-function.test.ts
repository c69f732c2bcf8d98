import { describe, expect, it } from 'vitest';
import { aFlow, madeUpEnvironment, theOnly } from './made-up-environment.ts';

const bucket = { Ref: expect.stringContaining('ResultsBucket') };
const bus = { Ref: expect.stringContaining('EventBus') };

describe('a task on AWS', () => {
  it('is a Lambda that knows its place in the world and no secret', () => {
    const { Properties } = theOnly(jam({ secrets: ['SUGAR_API_KEY'] }), 'AWS::Lambda::Function');

    expect(Properties).toMatchObject({
      FunctionName: 'DataFlows-dev-plum-jam-Cook',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
    });
    expect(Properties.Environment).toEqual({
      Variables: {
        RESULTS_URL: { 'Fn::Join': ['', ['s3://', bucket]] },
        DATA_FLOWS_ENVIRONMENT: 'dev',
        DATA_FLOWS_FLOW: 'plum-jam',
        EVENT_BUS_NAME: bus,
        CODE_VERSION: 'made-up-version',
      },
    });
  });

  it.each([
    { name: 'nothing', manifest: {}, is: { Timeout: 60, MemorySize: 512, EphemeralStorage: { Size: 512 } } },
    {
      name: 'all three',
      manifest: { timeoutSeconds: 900, memoryMiB: 3008, storageMiB: 4096 },
      is: { Timeout: 900, MemorySize: 3008, EphemeralStorage: { Size: 4096 } },
    },
  ])('has the time, memory and storage of its manifest, which says $name', ({ manifest, is }) => {
    expect(theOnly(jam(manifest), 'AWS::Lambda::Function').Properties).toMatchObject(is);
  });

  it.each([
    { environment: 'dev', days: 14 },
    { environment: 'prod', days: 90 },
  ])('keeps its log in $environment for $days days', ({ environment, days }) => {
    const { group } = madeUpEnvironment({ environment, flows: [aFlow({ name: 'plum-jam', tasks: { Cook: {} } })] });

    group('fruit').hasResource('AWS::Logs::LogGroup', {
      Properties: { LogGroupName: `/DataFlows/${environment}/plum-jam/Cook`, RetentionInDays: days },
      DeletionPolicy: 'Delete',
    });
  });

  it('shares one layer of native packages with the tasks of its group that need it', () => {
    const template = madeUpEnvironment({
      flows: [
        aFlow({ name: 'plum-jam', tasks: { Cook: {}, CountSql: {} } }),
        aFlow({ name: 'pear-jam', tasks: { JoinSql: {} } }),
      ],
    }).group('fruit');

    const layers = Object.values(template.findResources('AWS::Lambda::Function')).map(({ Properties }) => [
      Properties.FunctionName,
      Properties.Layers,
    ]);

    const shared = [{ Ref: theOnly(template, 'AWS::Lambda::LayerVersion').id }];
    expect(layers).toEqual([
      ['DataFlows-dev-plum-jam-Cook', undefined],
      ['DataFlows-dev-plum-jam-CountSql', shared],
      ['DataFlows-dev-pear-jam-JoinSql', shared],
    ]);
  });
});

function jam(manifest: object) {
  return madeUpEnvironment({ flows: [aFlow({ name: 'plum-jam', tasks: { Cook: manifest } })] }).group('fruit');
}
