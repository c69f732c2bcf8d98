import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { findDeployedFlows } from '../../lib/cloud/deployed-flows.ts';
import { environmentNamed } from '../../lib/environment.ts';
import { awsError, stateMachines } from './a-cloud.ts';

const dev = environmentNamed('dev');

function aMachine(name: string) {
  return {
    name: `DataFlows-${name}`,
    stateMachineArn: `arn:aws:states:us-east-1:123456789012:stateMachine:DataFlows-${name}`,
    type: 'STANDARD' as const,
    creationDate: new Date(0),
  };
}

function aClient() {
  const client = new SFNClient({ region: 'us-east-1' });
  return { mock: mockClient(client).on(ListStateMachinesCommand), client };
}

describe('deployed flows', () => {
  it('finds the state machines of the environment, over all pages, and the account they are in', async () => {
    const { mock, client } = aClient();
    mock
      .resolvesOnce({ stateMachines: [aMachine('dev-verra-data'), aMachine('prod-verra-data')], nextToken: 'more' })
      .resolves({ stateMachines: [aMachine('dev-build-verra')] });

    expect(await findDeployedFlows(client, dev)).toEqual({
      account: '123456789012',
      region: 'us-east-1',
      arns: new Map([
        ['verra-data', `${stateMachines}verra-data`],
        ['build-verra', `${stateMachines}build-verra`],
      ]),
    });
  });

  it('says how to deploy when there are none', async () => {
    const { mock, client } = aClient();
    mock.resolves({ stateMachines: [aMachine('prod-verra-data')] });

    await expect(findDeployedFlows(client, dev)).rejects.toMatchObject({
      name: 'UsageError',
      message: "no flow is deployed on 'dev': there is no state machine 'DataFlows-dev-…' in us-east-1",
      hint: "deploy them with 'npx cdk deploy --context env=dev'",
    });
  });

  it('refuses credentials of another account than the one the environment names', async () => {
    const { mock, client } = aClient();
    mock.resolves({ stateMachines: [aMachine('dev-verra-data')] });

    await expect(findDeployedFlows(client, { ...dev, account: '999999999999' })).rejects.toThrow(
      "'dev' belongs to account 999999999999, but these are credentials of 123456789012",
    );
  });

  it.each([
    { error: awsError('CredentialsProviderError'), says: "there are no AWS credentials for 'dev'" },
    { error: awsError('UnrecognizedClientException'), says: 'the AWS credentials are no longer valid' },
    { error: awsError('AccessDeniedException'), says: "AWS denies it to these credentials on 'dev' in us-east-1" },
    { error: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), says: 'AWS in us-east-1 does not answer' },
    { error: awsError('ThrottlingException'), says: 'AWS in us-east-1 failed at it or is too busy' },
    {
      error: Object.assign(new Error('<html>'), { $metadata: { httpStatusCode: 503 } }),
      says: 'AWS in us-east-1 failed at it or is too busy',
    },
    {
      error: new Error('wrapped', { cause: awsError('ExpiredToken') }),
      says: 'the AWS credentials are no longer valid',
    },
  ])('says: $says', async ({ error, says }) => {
    const { mock, client } = aClient();
    mock.rejects(error);

    await expect(findDeployedFlows(client, dev)).rejects.toThrow(`cannot look for flows on 'dev': ${says}`);
  });

  it('lets an error through that nobody can do anything about here', async () => {
    const { mock, client } = aClient();
    const error = Object.assign(awsError('ValidationException'), { $metadata: { httpStatusCode: 400 } });
    mock.rejects(error);

    await expect(findDeployedFlows(client, dev)).rejects.toBe(error);
  });
});
