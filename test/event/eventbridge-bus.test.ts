import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { eventBridgeBus } from '../../lib/event/eventbridge-bus.ts';

const client = new EventBridgeClient({ region: 'us-east-1' });
const eventBridge = mockClient(client);
const event = { source: 'data-flows.x', detailType: 'Artifact Published', detail: { rows: 3 } };

beforeEach(() => {
  eventBridge.reset();
});

function bus() {
  return eventBridgeBus('data-flows-dev', client);
}

it('puts the event on the bus', async () => {
  eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });

  await bus().emit(event);

  expect(eventBridge).toHaveReceivedCommandWith(PutEventsCommand, {
    Entries: [
      {
        EventBusName: 'data-flows-dev',
        Source: 'data-flows.x',
        DetailType: 'Artifact Published',
        Detail: '{"rows":3}',
      },
    ],
  });
});

it('fails when the call succeeds but the bus has not taken the event', async () => {
  eventBridge.on(PutEventsCommand).resolves({
    FailedEntryCount: 1,
    Entries: [{ ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' }],
  });

  await expect(bus().emit(event)).rejects.toThrow(
    "the bus 'data-flows-dev' refused the event 'Artifact Published' of data-flows.x: ThrottlingException slow down",
  );
});
