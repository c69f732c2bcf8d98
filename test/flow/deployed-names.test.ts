import { describe, expect, it } from 'vitest';
import {
  deployedName,
  functionName,
  resultBucketName,
  scheduleName,
  stateMachineLogGroupName,
  stateMachineName,
  taskLogGroupName,
} from '../../lib/flow/deployed-names.ts';

const longFlow = 'a-flow-whose-name-takes-all-of-the-sixty-characters-allowed-';

describe('names of deployed resources', () => {
  it.each([
    { name: 'environment', made: deployedName('dev'), is: 'DataFlows-dev' },
    { name: 'state machine', made: stateMachineName('prod', 'verra-data'), is: 'DataFlows-prod-verra-data' },
    { name: 'function', made: functionName('dev', 'verra-data', 'Join'), is: 'DataFlows-dev-verra-data-Join' },
    { name: 'first schedule', made: scheduleName('verra-data', 0), is: 'verra-data' },
    { name: 'second schedule', made: scheduleName('verra-data', 1), is: 'verra-data-2' },
    { name: 'task logs', made: taskLogGroupName('dev', 'verra-data', 'Join'), is: '/DataFlows/dev/verra-data/Join' },
    {
      name: 'history',
      made: stateMachineLogGroupName('dev', 'verra-data'),
      is: '/aws/vendedlogs/states/DataFlows-dev-verra-data',
    },
    {
      name: 'bucket',
      made: resultBucketName('dev', { account: '123456789012', region: 'us-east-1' }),
      is: 'dataflows-dev-123456789012-us-east-1',
    },
  ])('are made from environment, flow and task: $name', ({ made, is }) => {
    expect(made).toBe(is);
  });

  it('keep a function within 64 characters', () => {
    expect(functionName('prod', longFlow, 'FetchEveryMonth')).toHaveLength(64);
  });

  it('stay distinct where only the cut-off ends differ', () => {
    const first = functionName('prod', longFlow, 'FetchEveryMonthOfTheYear');
    const second = functionName('prod', longFlow, 'FetchEveryMonthOfTheDecade');

    expect(first).not.toBe(second);
  });
});
