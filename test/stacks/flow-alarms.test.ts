import { describe, expect, it } from 'vitest';
import { aFlow, madeUpEnvironment } from './made-up-environment.ts';

function alarms(environment: string, manifest: object) {
  const { group } = madeUpEnvironment({ environment, flows: [aFlow({ name: 'plum-jam', ...manifest })] });
  const found = Object.values(group('fruit').findResources('AWS::CloudWatch::Alarm'));
  return Object.fromEntries(found.map(({ Properties }) => [Properties.AlarmName, Properties]));
}

describe('the alarms of a flow', () => {
  it('tell the operator when it fails or runs out of time', () => {
    expect(alarms('dev', {})['DataFlows-dev-plum-jam-failed']).toMatchObject({
      AlarmActions: [{ Ref: expect.stringContaining('Alarms') }],
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      TreatMissingData: 'notBreaching',
    });
  });

  it('tell the operator when it has not succeeded for as long as its manifest allows', () => {
    expect(alarms('prod', { maxStalenessHours: 30 })['DataFlows-prod-plum-jam-stale']).toMatchObject({
      AlarmActions: [{ Ref: expect.stringContaining('Alarms') }],
      MetricName: 'ExecutionsSucceeded',
      Statistic: 'Sum',
      Period: 3600,
      EvaluationPeriods: 30,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
    });
  });

  it.each([
    { name: 'the manifest sets no limit', environment: 'prod', manifest: {} },
    { name: 'no schedule fires', environment: 'dev', manifest: { maxStalenessHours: 30 } },
  ])('say nothing of age where $name', ({ environment, manifest }) => {
    expect(Object.keys(alarms(environment, manifest))).toEqual([`DataFlows-${environment}-plum-jam-failed`]);
  });

  it('refuse an age that CloudWatch cannot watch', () => {
    expect(() => alarms('prod', { maxStalenessHours: 200 })).toThrow(
      "flow 'plum-jam' has maxStalenessHours 200; CloudWatch can watch for at most 168",
    );
  });
});
