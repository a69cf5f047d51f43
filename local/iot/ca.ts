import 'reflect-metadata';
import { createHash, X509Certificate as ReadCertificate } from 'node:crypto';
import type { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { Store } from '../engine/store.ts';
import { WireError } from '../wire/service.ts';

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY = 24 * 3600_000;
/** AWS IoT's own device certificates end here too. */
const DEVICE_END = new Date('2049-12-31T23:59:59Z');

export interface IssuedCertificate {
  /** SHA-256 of the DER form, lower-case hex: the certificate's id in AWS IoT. */
  certificateId: string;
  certificatePem: string;
}

export interface CertificateAuthority {
  rootPem: string;
  /** TLS material of the broker, good for 127.0.0.1 and localhost. */
  server: { key: string; cert: string };
  /** Issues a device certificate; InvalidRequestException for a CSR that is malformed, wrongly signed or of a weak key. */
  issue(csrPem: string): Promise<IssuedCertificate>;
}

interface AuthorityRow {
  root_key: string;
  root_pem: string;
}

export const certificateIdOf = (der: Buffer) => createHash('sha256').update(der).digest('hex');

const generateKeys = () => crypto.subtle.generateKey(EC, true, ['sign', 'verify']);

async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

async function createRoot(): Promise<AuthorityRow> {
  const keys = await generateKeys();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Kerf local root, O=Kerf embedded cloud',
    notBefore: new Date(Date.now() - DAY),
    notAfter: DEVICE_END,
    keys,
    signingAlgorithm: EC,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { root_key: await privatePem(keys.privateKey), root_pem: root.toString('pem') };
}

/** Loads the installation's authority from the store, or makes it on the first start. */
export async function certificateAuthority(store: Store): Promise<CertificateAuthority> {
  store.exec(
    'CREATE TABLE IF NOT EXISTS iot_authority (id INTEGER PRIMARY KEY CHECK (id = 1), root_key TEXT NOT NULL, root_pem TEXT NOT NULL)',
  );
  const read = () =>
    store.prepare('SELECT root_key, root_pem FROM iot_authority WHERE id = 1').get() as
      AuthorityRow | undefined;
  if (!read()) {
    const made = await createRoot();
    store
      .prepare('INSERT OR IGNORE INTO iot_authority (id, root_key, root_pem) VALUES (1, ?, ?)')
      .run(made.root_key, made.root_pem);
  }
  const row = read() as AuthorityRow;
  const root = new x509.X509Certificate(row.root_pem);
  const rootKey = await crypto.subtle.importKey(
    'pkcs8',
    x509.PemConverter.decodeFirst(row.root_key),
    EC,
    false,
    ['sign'],
  );

  const sign = async (
    subject: string,
    publicKey: x509.PublicKey | webcrypto.CryptoKey,
    notAfter: Date,
    extensions: x509.Extension[],
  ) =>
    x509.X509CertificateGenerator.create({
      subject,
      issuer: root.subject,
      notBefore: new Date(Date.now() - DAY),
      notAfter,
      publicKey,
      signingKey: rootKey,
      signingAlgorithm: EC,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        await x509.AuthorityKeyIdentifierExtension.create(root.publicKey),
        ...extensions,
      ],
    });

  const serverKeys = await generateKeys();
  const serverCertificate = await sign(
    'CN=localhost',
    serverKeys.publicKey,
    new Date(Date.now() + 365 * DAY),
    [
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
      ]),
    ],
  );

  return {
    rootPem: row.root_pem,
    server: { key: await privatePem(serverKeys.privateKey), cert: serverCertificate.toString('pem') },
    async issue(csrPem) {
      const request = await checkedRequest(csrPem);
      const clientAuth = new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]);
      const issued = await sign(request.subject || 'CN=AWS IoT Certificate', request.publicKey, DEVICE_END, [
        clientAuth,
      ]);
      const certificatePem = issued.toString('pem');
      return { certificateId: certificateIdOf(new ReadCertificate(certificatePem).raw), certificatePem };
    },
  };
}

const refused = (why: string) =>
  new WireError(400, 'InvalidRequestException', `The certificate signing request ${why}.`);

async function checkedRequest(csrPem: string): Promise<x509.Pkcs10CertificateRequest> {
  let request: x509.Pkcs10CertificateRequest;
  try {
    request = new x509.Pkcs10CertificateRequest(csrPem);
  } catch {
    throw refused('is not PKCS #10 in PEM');
  }
  const algorithm = request.publicKey.algorithm as {
    name: string;
    modulusLength?: number;
    namedCurve?: string;
  };
  const strong =
    (algorithm.name.startsWith('RSA') && (algorithm.modulusLength ?? 0) >= 2048) ||
    (algorithm.name === 'ECDSA' && ['P-256', 'P-384'].includes(algorithm.namedCurve ?? ''));
  if (!strong) throw refused('has a weak key: use RSA of 2048 bits or more, or EC P-256 or P-384');
  const proven = await request.verify().catch(() => false);
  if (!proven) throw refused('is not signed by its own key');
  return request;
}
