/** SSM Parameter Store: what handlers read at cold start and what the starter writes. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { transaction, type Store } from '../engine/store.ts';
import { jsonAnswer, jsonInput, runOperation } from './json.ts';
import { WireError, type WireResponse, type WireService } from './service.ts';

const TYPES = ['String', 'StringList', 'SecureString'] as const;
export type ParameterType = (typeof TYPES)[number];

interface Row {
  name: string;
  type: ParameterType;
  value: Uint8Array;
  version: number;
  modified_at: number;
}

const getInput = z.object({ Name: z.string(), WithDecryption: z.boolean().optional() });
const getManyInput = z.object({
  Names: z.array(z.string()).min(1).max(10),
  WithDecryption: z.boolean().optional(),
});
const putInput = z.object({
  Name: z.string(),
  Value: z.string(),
  Type: z.enum(TYPES).optional(),
  Overwrite: z.boolean().optional(),
});

export interface ParameterStore {
  service: WireService;
  /** Writes a parameter, replacing what is there; gives its new version. */
  put(name: string, type: ParameterType, value: string): number;
}

/** Opens the parameters kept in `store`; `region` and `account` only shape the ARNs. */
export function parameterStore(
  store: Store,
  { region = 'us-east-1', account = '000000000000' }: { region?: string; account?: string } = {},
): ParameterStore {
  store.exec(`
    CREATE TABLE IF NOT EXISTS ssm_parameters (
      name TEXT PRIMARY KEY, type TEXT NOT NULL, value BLOB NOT NULL,
      version INTEGER NOT NULL, modified_at INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS ssm_key (id INTEGER PRIMARY KEY CHECK (id = 1), bytes BLOB NOT NULL);`);
  store.prepare('INSERT OR IGNORE INTO ssm_key (id, bytes) VALUES (1, ?)').run(randomBytes(32));
  const key = (store.prepare('SELECT bytes FROM ssm_key').get() as { bytes: Uint8Array }).bytes;
  const find = (name: string) =>
    store.prepare('SELECT * FROM ssm_parameters WHERE name = ?').get(name) as Row | undefined;

  function described(row: Row, decrypt: boolean) {
    const stored = Buffer.from(row.value);
    const secret = row.type === 'SecureString';
    const shown = secret
      ? decrypt
        ? open(key, stored)
        : stored.toString('base64')
      : stored.toString('utf8');
    return {
      Name: row.name,
      Type: row.type,
      Value: shown,
      Version: row.version,
      LastModifiedDate: row.modified_at / 1000,
      ARN: `arn:aws:ssm:${region}:${account}:parameter${row.name.startsWith('/') ? '' : '/'}${row.name}`,
      DataType: 'text',
    };
  }

  function put(name: string, type: ParameterType, value: string): number {
    if (!/^[\w./-]{1,1011}$/.test(name) || /^\/?(aws|ssm)/i.test(name))
      throw new WireError(400, 'ValidationException', `"${name}" is no valid parameter name.`);
    if (value.length < 1 || Buffer.byteLength(value) > 4096)
      throw new WireError(400, 'ValidationException', 'A value has 1 to 4096 bytes.');
    const version = (find(name)?.version ?? 0) + 1;
    store
      .prepare(
        'INSERT OR REPLACE INTO ssm_parameters (name, type, value, version, modified_at) VALUES (?,?,?,?,?)',
      )
      .run(name, type, type === 'SecureString' ? seal(key, value) : Buffer.from(value), version, Date.now());
    return version;
  }

  const operations: Record<string, (body: Buffer) => WireResponse> = {
    GetParameter(body) {
      const input = jsonInput(getInput, body);
      const row = find(input.Name);
      if (!row) throw new WireError(400, 'ParameterNotFound', `There is no parameter "${input.Name}".`);
      return jsonAnswer({ Parameter: described(row, input.WithDecryption ?? false) });
    },
    GetParameters(body) {
      const input = jsonInput(getManyInput, body);
      const rows = input.Names.map(find).filter((row) => row !== undefined);
      return jsonAnswer({
        Parameters: rows.map((row) => described(row, input.WithDecryption ?? false)),
        InvalidParameters: input.Names.filter((name) => !rows.some((row) => row.name === name)),
      });
    },
    PutParameter(body) {
      const input = jsonInput(putInput, body);
      const version = transaction(store, () => {
        const existing = find(input.Name);
        if (existing && !input.Overwrite)
          throw new WireError(400, 'ParameterAlreadyExists', 'The parameter already exists. Set Overwrite.');
        const type = input.Type ?? existing?.type;
        if (!type) throw new WireError(400, 'ValidationException', 'A new parameter needs a Type.');
        return put(input.Name, type, input.Value);
      });
      return jsonAnswer({ Version: version, Tier: 'Standard' });
    },
  };

  return {
    put,
    service: {
      scope: 'ssm',
      targetPrefix: 'AmazonSSM',
      handle: async ({ operation, body }) => runOperation(operations, operation, body),
    },
  };
}

function seal(key: Uint8Array, value: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

function open(key: Uint8Array, sealed: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
}
