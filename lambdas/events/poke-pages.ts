import { topics, type Poke } from '#contract/mqtt.ts';
import { publish } from '../adapters/iot/publish.ts';
import { parseBusEvent } from './bus-event.ts';

/** Tells open pages of the shop and of the customer to look at the job again. */
export async function handler(event: unknown): Promise<void> {
  const { shopId, customerId, jobId } = parseBusEvent(event);
  const poke: Poke = { kind: 'job', jobId };
  await Promise.all([
    publish(shopId, topics.staff(shopId), poke),
    publish(shopId, topics.customer(shopId, customerId), poke),
  ]);
}
