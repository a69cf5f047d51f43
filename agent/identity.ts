import 'reflect-metadata';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import * as z from 'zod';
import { problem } from '#contract/errors.ts';
import { enrolAgent } from '#contract/routes/farm.ts';
import { readJson, writeWhole } from './disk.ts';
import { jsonOf } from './json.ts';

const ellipticCurve = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const answerMilliseconds = 30_000;

const identityFile = enrolAgent.out.omit({ certificate: true, authority: true }).extend({
  heartbeatSeconds: z.number().positive(),
});

/** Who this agent is, and what it proves that with. */
export interface Identity extends z.infer<typeof identityFile> {
  /** PEM. */
  key: string;
  certificate: string;
  authority: string;
}

const paths = (dir: string) => ({
  identity: join(dir, 'identity.json'),
  key: join(dir, 'key.pem'),
  certificate: join(dir, 'cert.pem'),
  authority: join(dir, 'authority.pem'),
});

/** The identity in a data folder; undefined before enrolment. */
export function loadIdentity(dir: string): Identity | undefined {
  const path = paths(dir);
  const identity = readJson(path.identity, identityFile);
  if (!identity) return undefined;
  const read = (file: string) => {
    if (!existsSync(file)) throw new Error(`${file} is missing. Restore it, or enrol into an empty folder.`);
    return readFileSync(file, 'utf8');
  };
  return {
    ...identity,
    key: read(path.key),
    certificate: read(path.certificate),
    authority: read(path.authority),
  };
}

/**
 * Makes a key that never leaves this machine and exchanges the claim code and a certificate request for a certificate.
 * identity.json is written last: while it is absent, the agent is not enrolled.
 */
export async function enrol(api: string, code: string, dir: string): Promise<Identity> {
  if (loadIdentity(dir))
    throw new Error(`${dir} holds an enrolled agent. Give another folder to enrol a new one.`);
  const url = enrolmentUrl(api);
  const path = paths(dir);
  const keys = await crypto.subtle.generateKey(ellipticCurve, true, ['sign', 'verify']);
  const key = x509.PemConverter.encode(
    await crypto.subtle.exportKey('pkcs8', keys.privateKey),
    'PRIVATE KEY',
  );
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: 'CN=Kerf agent',
    keys,
    signingAlgorithm: ellipticCurve,
  });
  // Before the code is spent: a folder that can not be written to must not cost one.
  writeWhole(path.key, `${key}\n`, 0o600);
  const { certificate, authority, ...identity } = await exchange(url, code, request.toString('pem'));
  writeWhole(path.certificate, certificate);
  writeWhole(path.authority, authority);
  writeWhole(path.identity, JSON.stringify(identityFile.parse(identity), undefined, 2));
  return { ...identity, key, certificate, authority };
}

function enrolmentUrl(api: string): URL {
  const base = URL.canParse(api) ? new URL(api) : undefined;
  if (!base || !/^https?:$/.test(base.protocol))
    throw new Error(`--api ${api} is not an address. Give one like https://api.example.com.`);
  return new URL(`${base.pathname.replace(/\/$/, '')}${enrolAgent.path}`, base);
}

async function exchange(url: URL, code: string, csr: string): Promise<z.infer<typeof enrolAgent.out>> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: enrolAgent.method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(enrolAgent.body.parse({ code, csr })),
      signal: AbortSignal.timeout(answerMilliseconds),
    });
    text = await response.text();
  } catch (error) {
    throw new Error(`${url.href} does not answer. Check the address and the network.`, { cause: error });
  }
  if (response.status !== enrolAgent.status) {
    const refusal = problem.safeParse(jsonOf(text));
    throw new Error(
      refusal.success
        ? `Enrolment was refused: ${refusal.data.detail}`
        : `Enrolment failed: ${url.href} answered ${response.status}. Check the address.`,
    );
  }
  const answer = enrolAgent.out.safeParse(jsonOf(text));
  if (!answer.success)
    throw new Error(`The answer of ${url.href} is not an enrolment: ${z.prettifyError(answer.error)}`);
  return answer.data;
}
