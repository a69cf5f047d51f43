import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { connectAsync } from 'mqtt';
import { readFileSync } from 'node:fs';
import type { Deployment } from '../emulator/deployment.ts';
import { emulatorStage } from '../emulator/deployment.ts';
import { postForm } from '../walk/request.ts';
import type { Stage } from '../walk/stage.ts';
import { cognito } from '../walk/people.ts';
import type { Probe } from './probe.ts';
import type { Verdict } from './verdict.ts';
import { wallProbes } from './wall-probes.ts';

const bucket = `kerf-${emulatorStage}-files-000000000000-us-east-1`;
const rejects = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => false,
    () => true,
  );

/** Things that must not work. What the emulator lets pass is told: a walk over it proves nothing there. */
const probes: readonly Probe[] = [
  {
    what: 'a forged staff token is nobody',
    ours: true,
    refused: async ({ url }, { shop }) => {
      const [head, body] = shop.ownerToken.split('.');
      const forged = `${head ?? ''}.${body ?? ''}.${'A'.repeat(342)}`;
      const answer = await fetch(`${url}/v1/jobs`, {
        headers: { authorization: `Bearer ${forged}`, 'kerf-shop': shop.shopId },
      });
      return answer.status === 401;
    },
  },
  {
    what: 'a payment webhook without a good signature is refused',
    ours: true,
    refused: async ({ url }) => {
      const answer = await fetch(`${url}/v1/webhooks/stripe`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'stripe-signature': 't=1,v1=00' },
        body: '{}',
      });
      return answer.status >= 400 && answer.status < 500;
    },
  },
  {
    what: 'a wrong password signs nobody in',
    refused: (_, { instance, shop }) =>
      rejects(
        cognito(instance, 'InitiateAuth', {
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: shop.ownerEmail, PASSWORD: 'Wrong-2026-Kerf' },
        }),
      ),
  },
  {
    what: 'a password of too few kinds of characters is refused',
    refused: (_, { instance }) =>
      rejects(
        cognito(instance, 'SignUp', {
          Username: 'weak@shop.example',
          Password: 'workshopworkshop',
          UserAttributes: [{ Name: 'email', Value: 'weak@shop.example' }],
        }),
      ),
  },
  {
    what: 'every sign-up gets a code of its own',
    refused: async ({ emulator }) => {
      const mails = await (await fetch(`${emulator.url}/_ministack/ses/messages`)).text();
      return !mails.includes('confirmation code is 123456');
    },
  },
  {
    what: 'S3 refuses an upload larger than its form allows',
    refused: async ({ client }) => (await upload(client, 2000)) >= 400,
  },
  {
    what: 'S3 refuses an upload whose form was signed by somebody else',
    refused: async ({ client }) =>
      (await upload(client, 10, (fields) => ({ ...fields, 'X-Amz-Signature': '0'.repeat(64) }))) >= 400,
  },
  {
    what: 'S3 refuses an upload under another key than its form says',
    refused: async ({ client }) =>
      (await upload(client, 10, (fields) => ({ ...fields, key: 't/elsewhere/quarantine/x.upload' }))) >= 400,
  },
  {
    what: 'AWS refuses a call that is not signed',
    refused: async ({ emulator }) => !(await fetch(`${emulator.url}/${bucket}?list-type=2`)).ok,
  },
  {
    what: 'IAM refuses what no policy allows',
    refused: ({ client }) => {
      const nobody = { accessKeyId: 'AKIAKERFNOBODY000000', secretAccessKey: 'nothing' };
      return rejects(
        new S3Client({ ...client, credentials: nobody }).send(new ListObjectsV2Command({ Bucket: bucket })),
      );
    },
  },
  {
    what: 'the bucket of files is private: no TLS, no access',
    refused: async ({ client }) => {
      const s3 = new S3Client(client);
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 't/probe/secret', Body: 'x' }));
      return rejects(s3.send(new GetObjectCommand({ Bucket: bucket, Key: 't/probe/secret' })));
    },
  },
  {
    what: 'SES refuses a sender it does not know',
    refused: ({ client }) =>
      rejects(
        new SESv2Client(client).send(
          new SendEmailCommand({
            FromEmailAddress: 'nobody@unknown.example',
            Destination: { ToAddresses: ['probe@mail.example'] },
            Content: { Simple: { Subject: { Data: 'probe' }, Body: { Text: { Data: 'probe' } } } },
          }),
        ),
      ),
  },
  {
    what: 'IoT refuses a device without a certificate',
    refused: async ({ emulator }) => {
      const connection = connectAsync('mqtts://127.0.0.1:8883', {
        ca: readFileSync(emulator.iotAuthority),
        protocolVersion: 4,
        clientId: 'agt_nobody',
        reconnectPeriod: 0,
        connectTimeout: 5000,
      });
      const refused = await rejects(connection);
      if (!refused) await (await connection).endAsync(true);
      return refused;
    },
  },
];

async function upload(
  client: Deployment['client'],
  bytes: number,
  change: (fields: Record<string, string>) => Record<string, string> = (fields) => fields,
): Promise<number> {
  const { url, fields } = await createPresignedPost(new S3Client(client), {
    Bucket: bucket,
    Key: 't/probe/quarantine/probe',
    Conditions: [['content-length-range', 1, 1000]],
    Expires: 60,
  });
  return postForm({ url, fields: change(fields) }, new Uint8Array(bytes));
}

export async function probe(deployment: Deployment, stage: Stage): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const { what, refused, ours } of [...probes, ...wallProbes]) {
    const holds = await refused(deployment, stage);
    verdicts.push(
      holds
        ? { what, result: 'holds' }
        : ours
          ? { what, result: 'broken', seen: 'it was let pass' }
          : { what, result: 'unproven', seen: 'not enforced by the emulator' },
    );
  }
  return verdicts;
}
