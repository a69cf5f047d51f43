/** KMS: asymmetric P-256 signing keys, made once per installation. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
} from 'node:crypto';
import * as z from 'zod';
import { joinedTransaction, type Store } from '../engine/store.ts';
import { signP256Digest } from './ecdsa-digest.ts';
import { jsonAnswer, jsonInput, runOperation } from './json.ts';
import { WireError, type WireResponse, type WireService } from './service.ts';

const ALGORITHM = 'ECDSA_SHA_256';
const KNOWN_ALGORITHMS = [
  ALGORITHM,
  'ECDSA_SHA_384',
  'ECDSA_SHA_512',
  'RSASSA_PSS_SHA_256',
  'RSASSA_PSS_SHA_384',
  'RSASSA_PSS_SHA_512',
  'RSASSA_PKCS1_V1_5_SHA_256',
  'RSASSA_PKCS1_V1_5_SHA_384',
  'RSASSA_PKCS1_V1_5_SHA_512',
] as const;

interface Row {
  key_id: string;
  alias: string;
  private_key: string;
}

const keyInput = z.object({ KeyId: z.string() });
const signInput = z.object({
  KeyId: z.string(),
  Message: z.base64(),
  MessageType: z.enum(['RAW', 'DIGEST']).default('RAW'),
  SigningAlgorithm: z.enum(KNOWN_ALGORITHMS),
});

function createTable(store: Store): void {
  store.exec(`CREATE TABLE IF NOT EXISTS kms_keys (
    key_id TEXT PRIMARY KEY, alias TEXT NOT NULL UNIQUE, private_key TEXT NOT NULL)`);
}

/** Makes the signing key of an alias (`alias/...`) unless there is one; gives its key id. */
export function ensureKey(store: Store, alias: string): string {
  if (!/^alias\/[\w/-]{1,250}$/.test(alias)) throw new RangeError(`"${alias}" is no alias; use alias/<name>`);
  createTable(store);
  return joinedTransaction(store, () => {
    const row = store.prepare('SELECT key_id FROM kms_keys WHERE alias = ?').get(alias);
    if (row) return row['key_id'] as string;
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const keyId = randomUUID();
    store
      .prepare('INSERT INTO kms_keys (key_id, alias, private_key) VALUES (?, ?, ?)')
      .run(keyId, alias, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    return keyId;
  });
}

/** Serves Sign and GetPublicKey for the keys of `ensureKey`, by key id, alias or the ARN of either. */
export function kmsService(
  store: Store,
  { region = 'us-east-1', account = '000000000000' }: { region?: string; account?: string } = {},
): WireService {
  createTable(store);
  const arnPrefix = `arn:aws:kms:${region}:${account}:`;
  const arnOf = (row: Row) => `${arnPrefix}key/${row.key_id}`;

  function find(name: string): Row {
    const local = name.startsWith(arnPrefix) ? name.slice(arnPrefix.length) : name;
    const id = local.startsWith('key/') ? local.slice('key/'.length) : local;
    const row = store.prepare('SELECT * FROM kms_keys WHERE key_id = ? OR alias = ?').get(id, id);
    if (row) return row as unknown as Row;
    const what = id.startsWith('alias/') ? `Alias ${arnPrefix}${id}` : `Key '${arnPrefix}key/${id}'`;
    throw new WireError(400, 'NotFoundException', `${what} is not found.`);
  }

  const operations: Record<string, (body: Buffer) => WireResponse> = {
    GetPublicKey(body) {
      const row = find(jsonInput(keyInput, body).KeyId);
      const spki = createPublicKey(row.private_key).export({ type: 'spki', format: 'der' });
      return jsonAnswer({
        KeyId: arnOf(row),
        PublicKey: spki.toString('base64'),
        KeySpec: 'ECC_NIST_P256',
        CustomerMasterKeySpec: 'ECC_NIST_P256',
        KeyUsage: 'SIGN_VERIFY',
        SigningAlgorithms: [ALGORITHM],
      });
    },
    Sign(body) {
      const input = jsonInput(signInput, body);
      const row = find(input.KeyId);
      if (input.SigningAlgorithm !== ALGORITHM)
        throw new WireError(
          400,
          'InvalidKeyUsageException',
          `Algorithm ${input.SigningAlgorithm} is incompatible with key spec ECC_NIST_P256.`,
        );
      const message = Buffer.from(input.Message, 'base64');
      return jsonAnswer({
        KeyId: arnOf(row),
        Signature: signMessage(row.private_key, message, input.MessageType).toString('base64'),
        SigningAlgorithm: ALGORITHM,
      });
    },
  };
  return {
    scope: 'kms',
    targetPrefix: 'TrentService',
    handle: async ({ operation, body }) => runOperation(operations, operation, body),
  };
}

function signMessage(privateKeyPem: string, message: Buffer, type: 'RAW' | 'DIGEST'): Buffer {
  const key = createPrivateKey(privateKeyPem);
  if (type === 'DIGEST') {
    if (message.length !== createHash('sha256').digest().length)
      throw new WireError(400, 'ValidationException', `Digest is invalid length for algorithm ${ALGORITHM}.`);
    return signP256Digest(key, message);
  }
  if (message.length < 1 || message.length > 4096)
    throw new WireError(
      400,
      'ValidationException',
      'Message must have 1 to 4096 bytes; use DIGEST above that.',
    );
  return sign('sha256', message, key);
}
