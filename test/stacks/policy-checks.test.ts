import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { cron } from '../../lib/flow/schedule.ts';
import { acknowledge, addPolicyChecks } from '../../lib/stacks/policy-checks.ts';
import { aFlow, aslText, madeUpEnvironment, nestedFlow } from './made-up-environment.ts';

const flows = [
  aFlow({
    name: 'plum-jam',
    schedules: [cron('15 6 * * ? *')],
    tasks: { Cook: { reads: ['*'], writes: ['jam'], secrets: ['SUGAR_API_KEY', 'WAREHOUSE_URL'] }, CountSql: {} },
  }),
  { ...aFlow({ name: 'breakfast', group: 'meals' }), aslText: aslText([['MakeJam', nestedFlow('PlumJamFlow')]]) },
];

describe('the policy checks', () => {
  it.each<{ name: string; environment: string; warehouse?: 'aurora' }>([
    { name: 'dev', environment: 'dev' },
    { name: 'prod', environment: 'prod' },
    { name: 'dev with a warehouse of its own', environment: 'dev', warehouse: 'aurora' },
    { name: 'prod with a warehouse of its own', environment: 'prod', warehouse: 'aurora' },
  ])('find nothing that is not acknowledged in $name', ({ environment, warehouse }) => {
    const { app } = madeUpEnvironment({ environment, flows, ...(warehouse && { warehouse }) });
    addPolicyChecks(app);

    expect(() => app.synth()).not.toThrow();
  });

  it('let pass what is acknowledged, and only there', () => {
    const { app, stack } = madeUpEnvironment({ flows });
    addPolicyChecks(app);
    acknowledge(new Queue(stack, 'Open'), 'SQS4', 'made up');

    expect(() => app.synth()).toThrow(/^(?!.*SQS4).*SQS3/s);
  });

  it('stop a synth for a queue that takes plain text', () => {
    const { app, stack } = madeUpEnvironment({ flows });
    addPolicyChecks(app);
    new Queue(stack, 'Open');

    expect(() => app.synth()).toThrow('AwsSolutions-SQS4');
  });
});
