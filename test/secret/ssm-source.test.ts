import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { ssmSource } from '../../lib/secret/ssm-source.ts';
import { fakeClock } from '../support/fake-clock.ts';

const client = new SSMClient({ region: 'us-east-1' });
const ssm = mockClient(client);

beforeEach(() => {
  ssm.reset();
  ssm.on(GetParameterCommand).rejects(new ParameterNotFound({ message: 'no such parameter', $metadata: {} }));
});

function hold(path: string, value: string): void {
  ssm.on(GetParameterCommand, { Name: path }).resolves({ Parameter: { Name: path, Value: value } });
}

function source(clock = fakeClock()) {
  return ssmSource({
    environment: 'dev',
    flowName: 'verra-data',
    client,
    clock,
  });
}

describe('ssmSource', () => {
  it('reads and decrypts the parameter of the environment', async () => {
    hold('/DataFlows/dev/NYT_API_KEY', 'k');

    expect(await source().get('NYT_API_KEY')).toBe('k');
    expect(ssm).toHaveReceivedCommandWith(GetParameterCommand, {
      Name: '/DataFlows/dev/NYT_API_KEY',
      WithDecryption: true,
    });
  });

  it("lets the flow's own parameter shadow it", async () => {
    hold('/DataFlows/dev/NYT_API_KEY', 'of all');
    hold('/DataFlows/dev/verra-data/NYT_API_KEY', 'of the flow');

    expect(await source().get('NYT_API_KEY')).toBe('of the flow');
  });

  it('asks once, also for what is not there, until five minutes have passed', async () => {
    hold('/DataFlows/dev/NYT_API_KEY', 'k');
    const clock = fakeClock();
    const cached = source(clock);

    await cached.get('NYT_API_KEY');
    await cached.get('NYT_API_KEY');
    expect(ssm).toHaveReceivedCommandTimes(GetParameterCommand, 2);

    hold('/DataFlows/dev/verra-data/NYT_API_KEY', 'new');
    await clock.advance(299_999);
    expect(await cached.get('NYT_API_KEY')).toBe('k');
    await clock.advance(1);
    expect(await cached.get('NYT_API_KEY')).toBe('new');
  });

  it('says which path to set when neither is there', async () => {
    expect(await source().find('NYT_API_KEY')).toBeUndefined();
    await expect(source().get('NYT_API_KEY')).rejects.toMatchObject({
      name: 'SecretMissingError',
      message:
        "'NYT_API_KEY' is not set in dev: there is no parameter /DataFlows/dev/NYT_API_KEY; " +
        "set it with 'flow secrets set NYT_API_KEY --env dev'",
    });
  });

  it('does not take a refusal for absence', async () => {
    ssm.on(GetParameterCommand).rejects(Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' }));

    await expect(source().find('NYT_API_KEY')).rejects.toThrow(
      'cannot read the parameter /DataFlows/dev/verra-data/NYT_API_KEY',
    );
  });
});
