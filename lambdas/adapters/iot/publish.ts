import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { rememberedBy } from '../remembered.ts';
import { credentialsOf } from '../shop-credentials.ts';

const { requestHandler } = new IoTDataPlaneClient({}).config;
const clientOf = rememberedBy(
  200,
  (shopId) => new IoTDataPlaneClient({ credentials: credentialsOf(shopId), requestHandler }),
);

/** Publishes JSON at QoS 1 on a topic of the shop; its credentials reach no other shop's. */
export async function publish(shopId: string, topic: string, payload: unknown): Promise<void> {
  await clientOf(shopId).send(
    new PublishCommand({ topic, qos: 1, payload: Buffer.from(JSON.stringify(payload)) }),
  );
}
