import {
  DetachPolicyCommand,
  DetachThingPrincipalCommand,
  IoTClient,
  ResourceNotFoundException,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import { environment } from '../../env.ts';

const { AGENT_POLICY } = environment('AGENT_POLICY');
const client = new IoTClient({});

/** Takes an agent's powers: its certificate opens no connection any more, and stands for nothing. May be repeated. */
export async function retireThing(
  agentId: string,
  { certificateId, certificateArn }: { certificateId: string; certificateArn: string },
): Promise<void> {
  await client.send(new UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' }));
  const detachments = [
    () => client.send(new DetachPolicyCommand({ policyName: AGENT_POLICY, target: certificateArn })),
    () => client.send(new DetachThingPrincipalCommand({ thingName: agentId, principal: certificateArn })),
  ];
  for (const detach of detachments)
    try {
      await detach();
    } catch (error) {
      // Detached before.
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
}
