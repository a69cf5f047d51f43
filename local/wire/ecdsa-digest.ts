/**
 * ECDSA over a ready-made digest, which node:crypto does not offer (it always hashes). The curve arithmetic stays native: the
 * nonce and its point are those of a throw-away key pair. Not constant-time, so for a laptop's own keys only.
 */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const fromBytes = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);

function keyNumbers(key: KeyObject): { secret: bigint; x: bigint } {
  const { d = '', x = '' } = key.export({ format: 'jwk' });
  return { secret: fromBytes(Buffer.from(d, 'base64url')), x: fromBytes(Buffer.from(x, 'base64url')) };
}

function inverse(value: bigint): bigint {
  let [low, high] = [value % ORDER, ORDER];
  let [lowFactor, highFactor] = [1n, 0n];
  while (low > 1n) {
    const quotient = high / low;
    [low, high] = [high % low, low];
    [lowFactor, highFactor] = [highFactor - quotient * lowFactor, lowFactor];
  }
  return ((lowFactor % ORDER) + ORDER) % ORDER;
}

function derInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  const positive = (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
  return Buffer.concat([Buffer.from([0x02, positive.length]), positive]);
}

/** Signs a 32-byte digest with a P-256 private key; gives the DER form (`SEQUENCE { r, s }`). */
export function signP256Digest(privateKey: KeyObject, digest: Buffer): Buffer {
  if (digest.length !== 32) throw new RangeError('a SHA-256 digest has 32 bytes');
  const { secret } = keyNumbers(privateKey);
  for (;;) {
    const nonce = keyNumbers(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    const r = nonce.x % ORDER;
    const s = (inverse(nonce.secret) * (fromBytes(digest) + r * secret)) % ORDER;
    if (r === 0n || s === 0n) continue;
    const body = Buffer.concat([derInteger(r), derInteger(s)]);
    return Buffer.concat([Buffer.from([0x30, body.length]), body]);
  }
}
