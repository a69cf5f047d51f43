/** The process the restart test kills: one delivery is running, one is acknowledged and waiting. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { durableDeliveries } from './delivery-queue.ts';
import { openStore } from './store.ts';

const [, , dir = ''] = process.argv;
const deliveries = durableDeliveries(
  openStore(dir),
  async (_, event) => {
    writeFileSync(join(dir, 'begun'), String(event));
    deliveries.enqueue('f', 'acknowledged');
    process.send?.('ready to die');
    await new Promise(() => undefined);
  },
  { concurrency: 1 },
);
deliveries.enqueue('f', 'interrupted');
deliveries.start();
