import {
  DeleteCertificateCommand,
  DeleteThingCommand,
  IoTClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-iot';
import { retireThing } from './retire.ts';

const client = new IoTClient({});

/** Takes an agent's powers and leaves nothing of it: neither certificate nor thing. May be repeated. */
export async function removeThing(
  agentId: string,
  certificate: { certificateId: string; certificateArn: string },
): Promise<void> {
  const { certificateId } = certificate;
  const removals = [
    () => retireThing(agentId, certificate),
    () => client.send(new DeleteCertificateCommand({ certificateId, forceDelete: true })),
    () => client.send(new DeleteThingCommand({ thingName: agentId })),
  ];
  for (const remove of removals)
    try {
      await remove();
    } catch (error) {
      // Removed before.
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
}
