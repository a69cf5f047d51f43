import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient, SignCommand, type SignCommandInput } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureKey, kmsService } from './kms.ts';
import { startFixture } from './wire-fixture.ts';

const ALIAS = 'alias/kerf-sessions';
let fixture: Awaited<ReturnType<typeof startFixture>>;
let kms: KMSClient;
let keyId: string;
beforeAll(async () => {
  fixture = await startFixture((store) => [kmsService(store)]);
  kms = new KMSClient(fixture.config);
  keyId = ensureKey(fixture.store, ALIAS);
});
afterAll(() => fixture.server.close());

const sign = (input: Partial<SignCommandInput>) =>
  kms.send(
    new SignCommand({ KeyId: ALIAS, Message: Buffer.from('m'), SigningAlgorithm: 'ECDSA_SHA_256', ...input }),
  );

test('signatures over a message and over its digest verify under the public key', async () => {
  const { PublicKey, KeySpec } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
  expect(KeySpec).toBe('ECC_NIST_P256');
  const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
  for (let n = 0; n < 40; n++) {
    const message = randomBytes(1 + n * 50);
    const digest = createHash('sha256').update(message).digest();
    const raw = await sign({ Message: message, MessageType: 'RAW' });
    const ofDigest = await sign({ Message: digest, MessageType: 'DIGEST' });
    for (const { Signature } of [raw, ofDigest]) {
      expect(verify('sha256', message, key, Signature ?? new Uint8Array())).toBe(true);
      expect(verify('sha256', Buffer.from('other'), key, Signature ?? new Uint8Array())).toBe(false);
    }
  }
});

test('an alias keeps its key, and id, alias and their ARNs name the same', async () => {
  expect(ensureKey(fixture.store, ALIAS)).toBe(keyId);
  const arn = (await sign({})).KeyId ?? '';
  expect(arn).toBe(`arn:aws:kms:us-east-1:000000000000:key/${keyId}`);
  for (const KeyId of [keyId, arn, `arn:aws:kms:us-east-1:000000000000:${ALIAS}`])
    expect((await sign({ KeyId })).KeyId).toBe(arn);
});

test('an unknown key, a foreign algorithm and a wrong digest are refused as by KMS', async () => {
  await expect(sign({ KeyId: 'alias/none' })).rejects.toMatchObject({ name: 'NotFoundException' });
  await expect(sign({ SigningAlgorithm: 'ECDSA_SHA_384' })).rejects.toMatchObject({
    name: 'InvalidKeyUsageException',
  });
  for (const wrong of [{ MessageType: 'DIGEST' as const }, { Message: randomBytes(4097) }])
    await expect(sign(wrong)).rejects.toMatchObject({ name: 'ValidationException' });
});
