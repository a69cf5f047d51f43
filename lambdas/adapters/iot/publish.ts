import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';

const client = new IoTDataPlaneClient({});

/** Publishes JSON at QoS 1. */
export async function publish(topic: string, payload: unknown): Promise<void> {
  await client.send(new PublishCommand({ topic, qos: 1, payload: Buffer.from(JSON.stringify(payload)) }));
}
