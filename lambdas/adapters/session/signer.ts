import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { importSPKI, jwtVerify, type CryptoKey } from 'jose';
import * as z from 'zod';
import { id } from '#contract/ids.ts';
import { environment } from '../../env.ts';

const { SESSION_KEY_ID: KeyId } = environment('SESSION_KEY_ID');
const client = new KMSClient({});
const issuer = 'kerf';

const claims = {
  session: z.object({ shopId: id('shop'), customerId: id('cus') }),
  /** Kerf's support in one shop. */
  visit: z.object({ shopId: id('shop'), visitId: id('sup'), personId: z.string(), email: z.string() }),
  live: z.object({ shopId: id('shop'), topic: z.string(), clientId: z.string() }),
};
type Purpose = keyof typeof claims;
export type ClaimsOf<P extends Purpose> = z.infer<(typeof claims)[P]>;

/** A token for one purpose, signed by the key that never leaves KMS (ES256). */
export async function signToken<P extends Purpose>(
  purpose: P,
  content: ClaimsOf<P>,
  seconds: number,
): Promise<{ token: string; expiresAt: string }> {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = `${part({ alg: 'ES256', typ: 'JWT' })}.${part({ ...content, iss: issuer, aud: purpose, iat: now, exp: now + seconds })}`;
  const { Signature } = await client.send(
    new SignCommand({
      KeyId,
      Message: Buffer.from(body),
      MessageType: 'RAW',
      SigningAlgorithm: 'ECDSA_SHA_256',
    }),
  );
  if (!Signature) throw new Error('KMS answered without a signature');
  return {
    token: `${body}.${joseSignature(Signature).toString('base64url')}`,
    expiresAt: new Date((now + seconds) * 1000).toISOString(),
  };
}

/** The token's content, or undefined when it was not signed here, not for this purpose, or is over. */
export async function verifyToken<P extends Purpose>(
  purpose: P,
  token: string,
): Promise<ClaimsOf<P> | undefined> {
  try {
    const { payload } = await jwtVerify(token, await publicKey(), {
      issuer,
      audience: purpose,
      algorithms: ['ES256'],
    });
    return claims[purpose].parse(payload) as ClaimsOf<P>;
  } catch {
    return undefined;
  }
}

let key: Promise<CryptoKey> | undefined;

function publicKey(): Promise<CryptoKey> {
  key ??= client.send(new GetPublicKeyCommand({ KeyId })).then(({ PublicKey }) => {
    if (!PublicKey) throw new Error('KMS answered without a public key');
    const pem = Buffer.from(PublicKey)
      .toString('base64')
      .replaceAll(/(.{64})/g, '$1\n');
    return importSPKI(`-----BEGIN PUBLIC KEY-----\n${pem}\n-----END PUBLIC KEY-----`, 'ES256');
  });
  key.catch(() => (key = undefined));
  return key;
}

/** DER `SEQUENCE { INTEGER r, INTEGER s }` of KMS to the 64 bytes r || s of JOSE (RFC 7518, section 3.4). */
function joseSignature(der: Uint8Array): Buffer {
  const integer = (at: number) => {
    const length = der[at + 1] ?? 0;
    const bytes = Buffer.from(der.subarray(at + 2, at + 2 + length));
    const trimmed = bytes.length > 32 ? bytes.subarray(bytes.length - 32) : bytes;
    return { value: Buffer.concat([Buffer.alloc(32 - trimmed.length), trimmed]), next: at + 2 + length };
  };
  const r = integer(2);
  return Buffer.concat([r.value, integer(r.next).value]);
}
