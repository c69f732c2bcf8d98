import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { EventBus } from './event-bus.ts';

/**
 * The environment's EventBridge bus.
 *
 * @default client a client that honours `AWS_ENDPOINT_URL`
 */
export function eventBridgeBus(eventBusName: string, client: EventBridgeClient = new EventBridgeClient({})): EventBus {
  return {
    async emit({ source, detailType, detail }) {
      const entry = {
        EventBusName: eventBusName,
        Source: source,
        DetailType: detailType,
        Detail: JSON.stringify(detail),
      };
      const answer = await client.send(new PutEventsCommand({ Entries: [entry] }));
      const refused = answer.Entries?.find((result) => result.ErrorCode !== undefined);
      // PutEvents succeeds as a call even when it has taken no event
      if (refused || (answer.FailedEntryCount ?? 0) > 0) {
        throw new Error(
          `the bus '${eventBusName}' refused the event '${detailType}' of ${source}: ` +
            `${refused?.ErrorCode ?? 'unknown'} ${refused?.ErrorMessage ?? ''}`.trimEnd(),
        );
      }
    },
  };
}
