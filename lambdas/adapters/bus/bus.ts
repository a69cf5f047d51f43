import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { eventSource, type BusEvent } from '#contract/events.ts';
import { environment } from '../../env.ts';

const { BUS_NAME: EventBusName } = environment('BUS_NAME');
const client = new EventBridgeClient({});

/** Puts at most 10 events on the bus; answers with the ids of those it did not take. */
export async function putEvents(events: readonly BusEvent[]): Promise<Set<string>> {
  const { Entries } = await client.send(
    new PutEventsCommand({
      Entries: events.map((event) => ({
        EventBusName,
        Source: eventSource,
        DetailType: event.type,
        Detail: JSON.stringify(event),
        Time: new Date(event.at),
      })),
    }),
  );
  return new Set(
    events.filter((_, index) => Entries?.[index]?.ErrorCode !== undefined).map((event) => event.eventId),
  );
}
