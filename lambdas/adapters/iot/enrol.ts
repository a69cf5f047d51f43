import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateCertificateFromCsrCommand,
  CreateThingCommand,
  InvalidRequestException,
  IoTClient,
} from '@aws-sdk/client-iot';
import { environment } from '../../env.ts';

const { AGENT_POLICY } = environment('AGENT_POLICY');
const client = new IoTClient({});

/** Certificate for the agent's own key, bound to a thing that carries its shop; undefined when the request is not a CSR. */
export async function enrolThing(
  agentId: string,
  shopId: string,
  csr: string,
): Promise<{ certificateId: string; certificateArn: string; certificate: string } | undefined> {
  const issued = await certificateFor(csr);
  if (!issued?.certificateArn || !issued.certificateId || !issued.certificatePem) return undefined;
  await client.send(
    new CreateThingCommand({ thingName: agentId, attributePayload: { attributes: { shopId } } }),
  );
  await client.send(
    new AttachThingPrincipalCommand({ thingName: agentId, principal: issued.certificateArn }),
  );
  await client.send(new AttachPolicyCommand({ policyName: AGENT_POLICY, target: issued.certificateArn }));
  return {
    certificateId: issued.certificateId,
    certificateArn: issued.certificateArn,
    certificate: issued.certificatePem,
  };
}

async function certificateFor(csr: string) {
  try {
    return await client.send(
      new CreateCertificateFromCsrCommand({ certificateSigningRequest: csr, setAsActive: true }),
    );
  } catch (error) {
    if (error instanceof InvalidRequestException) return undefined;
    throw error;
  }
}
