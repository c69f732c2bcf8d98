import { describe, expect, it } from 'vitest';
import { aFlow, madeUpEnvironment, theOnly } from './made-up-environment.ts';
import { permissionsOf } from './permissions.ts';

const jam = aFlow({ name: 'plum-jam', startsOn: ['plums'] });

describe('an event rule on AWS', () => {
  it.each([
    { environment: 'dev', state: 'DISABLED' },
    { environment: 'prod', state: 'ENABLED' },
  ])('is $state in $environment', ({ environment, state }) => {
    const { group } = madeUpEnvironment({ environment, flows: [jam] });

    expect(theOnly(group('fruit'), 'AWS::Events::Rule').Properties.State).toBe(state);
  });

  it('starts its flow without input when the artifact is published, and tries for an hour', () => {
    const { group } = madeUpEnvironment({ flows: [jam] });

    expect(theOnly(group('fruit'), 'AWS::Events::Rule').Properties).toMatchObject({
      EventPattern: { 'detail-type': ['Artifact Published'], detail: { artifact: ['plums'] } },
      Targets: [
        {
          Arn: { Ref: expect.stringContaining('StateMachine') },
          Input: '{}',
          RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 10 },
        },
      ],
    });
    expect(permissionsOf(group('fruit'), 'events.amazonaws.com')).toEqual(['states:StartExecution on {machine}']);
  });
});
