import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { verifyToken } from '../adapters/session/signer.ts';
import { environment } from '../env.ts';

const { AWS_REGION } = environment('AWS_REGION');

/** AWS IoT's custom authorizer event, as far as we read it. */
const authorizerEvent = z.object({
  protocolData: z.object({
    mqtt: z.object({ password: z.string().optional(), clientId: z.string().optional() }).optional(),
  }),
});

const refusal = {
  isAuthenticated: false,
  principalId: 'nobody',
  disconnectAfterInSeconds: 300,
  refreshAfterInSeconds: 300,
  policyDocuments: [],
};
const connectionSeconds = 3600;

/** Lets a browser in with the pass that GET /v1/live gave it: one client id, one topic, nothing to publish. */
export async function handler(event: unknown, context: Context) {
  const account = context.invokedFunctionArn.split(':')[4] ?? '';
  const { mqtt } = authorizerEvent.parse(event).protocolData;
  const pass = await verifyToken('live', Buffer.from(mqtt?.password ?? '', 'base64').toString('utf8'));
  if (!pass || pass.clientId !== mqtt?.clientId) return refusal;
  const allow = (action: string, resource: string) => ({
    Effect: 'Allow',
    Action: action,
    Resource: `arn:aws:iot:${AWS_REGION}:${account}:${resource}`,
  });
  return {
    isAuthenticated: true,
    principalId: pass.clientId.replaceAll(/[^A-Za-z0-9]/g, ''),
    disconnectAfterInSeconds: connectionSeconds,
    refreshAfterInSeconds: connectionSeconds,
    policyDocuments: [
      {
        Version: '2012-10-17',
        Statement: [
          allow('iot:Connect', `client/${pass.clientId}`),
          allow('iot:Subscribe', `topicfilter/${pass.topic}`),
          allow('iot:Receive', `topic/${pass.topic}`),
        ],
      },
    ],
  };
}
