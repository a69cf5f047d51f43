import { randomUUID } from 'node:crypto';
import { transaction } from '../engine/store.ts';
import type { Store } from '../engine/store.ts';
import { WireError } from '../wire/service.ts';
import { parsePolicy } from './policy.ts';
import type { IotPolicy } from './policy.ts';

export type CertificateStatus = 'ACTIVE' | 'INACTIVE' | 'REVOKED';

export interface Thing {
  name: string;
  id: string;
  attributes: Record<string, string>;
  version: number;
}

export interface Certificate {
  id: string;
  pem: string;
  status: CertificateStatus;
  createdAt: number;
}

/** Things, certificates, policies and what is attached to what. Names of errors are AWS IoT's. */
export interface IotRegistry {
  arn(kind: 'thing' | 'cert' | 'policy' | 'client' | 'topic' | 'topicfilter', name: string): string;
  createThing(name: string, attributes: Record<string, string>): Thing;
  updateThing(name: string, attributes: Record<string, string>, merge: boolean): void;
  findThing(name: string): Thing | undefined;
  deleteThing(name: string): void;
  principalsOf(thingName: string): string[];
  addCertificate(certificate: { id: string; pem: string; status: CertificateStatus }): Certificate;
  findCertificate(id: string): Certificate | undefined;
  setCertificateStatus(id: string, status: CertificateStatus): void;
  deleteCertificate(id: string, force: boolean): void;
  attachThing(thingName: string, certificateArn: string): void;
  detachThing(thingName: string, certificateArn: string): void;
  isAttached(thingName: string, certificateId: string): boolean;
  createPolicy(name: string, document: string): void;
  findPolicy(name: string): { document: string; createdAt: number } | undefined;
  deletePolicy(name: string): void;
  attachPolicy(name: string, target: string): void;
  detachPolicy(name: string, target: string): void;
  policiesOf(certificateId: string): IotPolicy[];
  /** Called with the id of a certificate that may no longer connect. */
  onCertificateClosed(listener: (certificateId: string) => void): void;
}

interface ThingRow {
  name: string;
  id: string;
  attributes: string;
  version: number;
}

const notFound = (what: string) => new WireError(404, 'ResourceNotFoundException', `${what} does not exist.`);

export function iotRegistry(
  store: Store,
  place: { region: string; accountId: string; now?: () => Date },
): IotRegistry {
  store.exec(`
    CREATE TABLE IF NOT EXISTS iot_things (name TEXT PRIMARY KEY, id TEXT NOT NULL, attributes TEXT NOT NULL, version INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS iot_certificates (id TEXT PRIMARY KEY, pem TEXT NOT NULL, status TEXT NOT NULL, created_at INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS iot_policies (name TEXT PRIMARY KEY, document TEXT NOT NULL, created_at INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS iot_thing_principals (thing TEXT NOT NULL REFERENCES iot_things (name),
      certificate TEXT NOT NULL REFERENCES iot_certificates (id), PRIMARY KEY (thing, certificate));
    CREATE TABLE IF NOT EXISTS iot_policy_targets (policy TEXT NOT NULL REFERENCES iot_policies (name),
      certificate TEXT NOT NULL REFERENCES iot_certificates (id), PRIMARY KEY (policy, certificate));`);
  const now = () => (place.now?.() ?? new Date()).getTime();
  const listeners: ((certificateId: string) => void)[] = [];
  const closed = (id: string) => listeners.forEach((listener) => listener(id));
  const parsed = new Map<string, IotPolicy>();
  const count = (sql: string, ...values: string[]) =>
    (store.prepare(`SELECT count(*) AS n FROM ${sql}`).get(...values) as { n: number }).n;

  const arn: IotRegistry['arn'] = (kind, name) =>
    `arn:aws:iot:${place.region}:${place.accountId}:${kind}/${name}`;
  const findThing: IotRegistry['findThing'] = (name) => {
    const row = store.prepare('SELECT * FROM iot_things WHERE name = ?').get(name) as ThingRow | undefined;
    return row && { ...row, attributes: JSON.parse(row.attributes) as Record<string, string> };
  };
  const findCertificate: IotRegistry['findCertificate'] = (id) => {
    const row = store
      .prepare('SELECT id, pem, status, created_at AS createdAt FROM iot_certificates WHERE id = ?')
      .get(id);
    return row && ({ ...row } as unknown as Certificate);
  };
  const findPolicy: IotRegistry['findPolicy'] = (name) => {
    const row = store
      .prepare('SELECT document, created_at AS createdAt FROM iot_policies WHERE name = ?')
      .get(name);
    return row && ({ ...row } as unknown as { document: string; createdAt: number });
  };
  const thing = (name: string) => findThing(name) ?? fail(notFound(`Thing ${name}`));
  const certificate = (id: string) => findCertificate(id) ?? fail(notFound(`Certificate ${id}`));
  const byArn = (target: string) => {
    const prefix = arn('cert', '');
    if (!target.startsWith(prefix))
      throw new WireError(
        400,
        'InvalidRequestException',
        `${target} is not the ARN of a certificate of this account.`,
      );
    return certificate(target.slice(prefix.length));
  };
  const parsedPolicy = (document: string) => {
    const known = parsed.get(document) ?? parsePolicy(document);
    parsed.set(document, known);
    return known;
  };

  return {
    arn,
    findThing,
    findCertificate,
    findPolicy,
    createThing(name, attributes) {
      const present = findThing(name);
      // AWS answers a repeated identical creation with the thing.
      if (present && JSON.stringify(present.attributes) === JSON.stringify(attributes)) return present;
      if (present)
        throw new WireError(
          409,
          'ResourceAlreadyExistsException',
          `Thing ${name} already exists in account with different attributes`,
        );
      store
        .prepare('INSERT INTO iot_things (name, id, attributes, version) VALUES (?, ?, ?, 1)')
        .run(name, randomUUID(), JSON.stringify(attributes));
      return thing(name);
    },
    updateThing(name, attributes, merge) {
      const merged = merge ? { ...thing(name).attributes, ...attributes } : (thing(name), attributes);
      const kept = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
      store
        .prepare('UPDATE iot_things SET attributes = ?, version = version + 1 WHERE name = ?')
        .run(JSON.stringify(kept), name);
    },
    deleteThing(name) {
      if (count('iot_thing_principals WHERE thing = ?', name) > 0) {
        throw new WireError(
          400,
          'InvalidRequestException',
          `Cannot delete. Thing ${name} is still attached to one or more principals`,
        );
      }
      store.prepare('DELETE FROM iot_things WHERE name = ?').run(name);
    },
    principalsOf(thingName) {
      thing(thingName);
      const rows = store
        .prepare('SELECT certificate FROM iot_thing_principals WHERE thing = ?')
        .all(thingName) as { certificate: string }[];
      return rows.map((row) => arn('cert', row.certificate));
    },
    addCertificate({ id, pem, status }) {
      store
        .prepare('INSERT INTO iot_certificates (id, pem, status, created_at) VALUES (?, ?, ?, ?)')
        .run(id, pem, status, now());
      return certificate(id);
    },
    setCertificateStatus(id, status) {
      if (certificate(id).status === 'REVOKED' && status !== 'REVOKED') {
        throw new WireError(406, 'CertificateStateException', `Certificate ${id} is revoked for good.`);
      }
      store.prepare('UPDATE iot_certificates SET status = ? WHERE id = ?').run(status, id);
      if (status !== 'ACTIVE') closed(id);
    },
    deleteCertificate(id, force) {
      const present = certificate(id);
      if (present.status === 'ACTIVE')
        throw new WireError(
          406,
          'CertificateStateException',
          `Certificate ${id} must be deactivated before it is deleted.`,
        );
      if (count('iot_thing_principals WHERE certificate = ?', id) > 0) {
        throw new WireError(
          409,
          'DeleteConflictException',
          `Things must be detached before deletion (arn: ${arn('cert', id)})`,
        );
      }
      if (!force && count('iot_policy_targets WHERE certificate = ?', id) > 0) {
        throw new WireError(
          409,
          'DeleteConflictException',
          `Policies must be detached before deletion (arn: ${arn('cert', id)})`,
        );
      }
      transaction(store, () => {
        store.prepare('DELETE FROM iot_policy_targets WHERE certificate = ?').run(id);
        store.prepare('DELETE FROM iot_certificates WHERE id = ?').run(id);
      });
      closed(id);
    },
    attachThing(thingName, certificateArn) {
      thing(thingName);
      store
        .prepare('INSERT OR IGNORE INTO iot_thing_principals (thing, certificate) VALUES (?, ?)')
        .run(thingName, byArn(certificateArn).id);
    },
    detachThing(thingName, certificateArn) {
      thing(thingName);
      const { id } = byArn(certificateArn);
      store
        .prepare('DELETE FROM iot_thing_principals WHERE thing = ? AND certificate = ?')
        .run(thingName, id);
    },
    isAttached: (thingName, certificateId) =>
      count('iot_thing_principals WHERE thing = ? AND certificate = ?', thingName, certificateId) > 0,
    createPolicy(name, document) {
      if (findPolicy(name))
        throw new WireError(409, 'ResourceAlreadyExistsException', `Policy ${name} already exists.`);
      try {
        parsedPolicy(document);
      } catch (error) {
        throw new WireError(400, 'MalformedPolicyException', (error as Error).message);
      }
      store
        .prepare('INSERT INTO iot_policies (name, document, created_at) VALUES (?, ?, ?)')
        .run(name, document, now());
    },
    deletePolicy(name) {
      if (!findPolicy(name)) throw notFound(`Policy ${name}`);
      if (count('iot_policy_targets WHERE policy = ?', name) > 0) {
        throw new WireError(
          409,
          'DeleteConflictException',
          `Policy ${name} is attached to principals; detach it first.`,
        );
      }
      store.prepare('DELETE FROM iot_policies WHERE name = ?').run(name);
    },
    attachPolicy(name, target) {
      if (!findPolicy(name)) throw notFound(`Policy ${name}`);
      store
        .prepare('INSERT OR IGNORE INTO iot_policy_targets (policy, certificate) VALUES (?, ?)')
        .run(name, byArn(target).id);
    },
    detachPolicy(name, target) {
      if (!findPolicy(name)) throw notFound(`Policy ${name}`);
      store
        .prepare('DELETE FROM iot_policy_targets WHERE policy = ? AND certificate = ?')
        .run(name, byArn(target).id);
    },
    policiesOf(certificateId) {
      const rows = store
        .prepare(
          'SELECT document FROM iot_policies JOIN iot_policy_targets ON policy = name WHERE certificate = ?',
        )
        .all(certificateId) as { document: string }[];
      return rows.map((row) => parsedPolicy(row.document));
    },
    onCertificateClosed: (listener) => void listeners.push(listener),
  };
}

function fail(error: Error): never {
  throw error;
}
