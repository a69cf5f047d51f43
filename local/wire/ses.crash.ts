/** The process the restart test kills: SES over a store, each mail enqueuing its event. */
import { durableDeliveries } from '../engine/delivery-queue.ts';
import { openStore } from '../engine/store.ts';
import { sesEvents, sesService } from './ses.ts';
import { startAwsServer } from './server.ts';

const store = openStore(process.argv[2] ?? '');
const deliveries = durableDeliveries(store, async () => undefined);
const service = sesService(store, {
  identities: ['kerf.test'],
  onSent: (mail) => {
    for (const event of sesEvents(mail)) deliveries.enqueue('mail-log', event);
  },
});
const { url } = await startAwsServer({ port: 0, services: [service], secretOf: () => 'secret' });
process.send?.(url);
