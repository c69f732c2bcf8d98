import { GetExecutionHistoryCommand, type HistoryEvent as ServiceEvent } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { fakeClock } from '../support/fake-clock.ts';
import { aCloud, awsError, executionArns } from './a-cloud.ts';

const timestamp = new Date('2026-11-20T06:33:00.123Z');

function anEvent(id: number, type: ServiceEvent['type'], details: Partial<ServiceEvent> = {}): ServiceEvent {
  return { id, previousEventId: id - 1, timestamp, type, ...details };
}

function aHistoryOf(clock = fakeClock({ autoAdvance: true })) {
  const cloud = aCloud(clock);
  cloud.describes('verra-data', 'first');
  return { ...cloud, clock, pages: cloud.stepFunctions.on(GetExecutionHistoryCommand) };
}

const idsOf = async (events: AsyncIterable<{ id: number }>) => (await Array.fromAsync(events)).map(({ id }) => id);

describe('history', () => {
  it("gives the service's events with their details, whichever their type", async () => {
    const { executions, pages } = aHistoryOf();
    pages.resolves({
      events: [
        anEvent(1, 'ExecutionStarted', { executionStartedEventDetails: { input: '{}', roleArn: 'arn:role' } }),
        anEvent(2, 'TaskStateEntered', { stateEnteredEventDetails: { name: 'PinInputs', input: '{}' } }),
        anEvent(3, 'MapStateSucceeded'),
      ],
    });

    expect(await Array.fromAsync(executions.history('first'))).toEqual([
      {
        id: 1,
        previousEventId: 0,
        timestamp: '2026-11-20T06:33:00.123Z',
        type: 'ExecutionStarted',
        details: { input: '{}', roleArn: 'arn:role' },
      },
      {
        id: 2,
        previousEventId: 1,
        timestamp: '2026-11-20T06:33:00.123Z',
        type: 'TaskStateEntered',
        details: { name: 'PinInputs', input: '{}' },
      },
      { id: 3, previousEventId: 2, timestamp: '2026-11-20T06:33:00.123Z', type: 'MapStateSucceeded', details: {} },
    ]);
  });

  it('reads every page', async () => {
    const { executions, pages, stepFunctions } = aHistoryOf();
    pages
      .resolvesOnce({ events: [anEvent(1, 'ExecutionStarted')], nextToken: 'second' })
      .resolves({ events: [anEvent(2, 'ExecutionSucceeded')] });

    expect(await idsOf(executions.history('first'))).toEqual([1, 2]);
    expect(stepFunctions).toHaveReceivedNthCommandWith(GetExecutionHistoryCommand, 2, { nextToken: 'second' });
  });

  it('follows by reading the last page again until the execution ends, more seldom while nothing happens', async () => {
    const { executions, pages, clock } = aHistoryOf();
    const started = anEvent(1, 'ExecutionStarted');
    pages
      .resolvesOnce({ events: [started] })
      .resolvesOnce({ events: [started] })
      .resolvesOnce({ events: [started] })
      .resolvesOnce({ events: [started] })
      .resolves({ events: [started, anEvent(2, 'TaskStateEntered'), anEvent(3, 'ExecutionFailed')] });

    expect(await idsOf(executions.history('first', { follow: true }))).toEqual([1, 2, 3]);
    expect(clock.slept).toEqual([1_000, 2_000, 4_000, 5_000]);
  });

  it('stops following when it is told to', async () => {
    const { executions, pages } = aHistoryOf(fakeClock());
    pages.resolves({ events: [anEvent(1, 'ExecutionStarted')] });
    const stop = new AbortController();
    const seen: number[] = [];

    for await (const { id } of executions.history('first', { follow: true, signal: stop.signal })) {
      seen.push(id);
      stop.abort();
    }

    expect(seen).toEqual([1]);
  });

  it('goes on behind the end of an execution that was redriven', async () => {
    const { executions, pages } = aHistoryOf();
    pages.resolves({
      events: [anEvent(1, 'ExecutionFailed'), anEvent(2, 'ExecutionRedriven'), anEvent(3, 'ExecutionSucceeded')],
    });

    expect(await idsOf(executions.history('first', { follow: true }))).toEqual([1, 2, 3]);
  });

  it('remembers the executions that were started, so that nobody has to look for them', async () => {
    const { executions, pages, stepFunctions, describes } = aHistoryOf();
    const output = JSON.stringify({ ExecutionArn: `${executionArns}verra-data:child` });
    pages.resolves({
      events: [
        anEvent(1, 'TaskSubmitted', {
          taskSubmittedEventDetails: { resourceType: 'states', resource: 'startExecution.sync:2', output },
        }),
      ],
    });
    describes('verra-data', 'child');
    await idsOf(executions.history('first'));
    stepFunctions.resetHistory();

    await executions.describe('child');

    expect(stepFunctions.calls()).toHaveLength(1);
  });

  it('says that the right to read is missing', async () => {
    const { executions, pages } = aHistoryOf();
    pages.rejects(awsError('AccessDeniedException'));

    await expect(idsOf(executions.history('first'))).rejects.toThrow(
      "cannot read the history of 'first': AWS denies it",
    );
  });
});
