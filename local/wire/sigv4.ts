/** Verification of AWS Signature Version 4, in headers and in presigned queries. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Gives the secret of an access key (temporary keys come with their session token), or undefined when there is none. */
export type SecretOf = (accessKeyId: string, sessionToken?: string) => string | undefined;

export type SignatureFault =
  'missing' | 'incomplete' | 'unknown-key' | 'mismatch' | 'skewed' | 'expired' | 'unsigned-headers';

/** Why a signature was refused; each protocol gives the fault its own AWS error code. */
export class SignatureError extends Error {
  readonly fault: SignatureFault;
  constructor(fault: SignatureFault, message: string) {
    super(message);
    this.name = 'SignatureError';
    this.fault = fault;
  }
}

export interface CredentialScope {
  accessKeyId: string;
  /** `YYYYMMDD` */
  date: string;
  region: string;
  service: string;
}

export interface SignedHttpRequest {
  method: string;
  /** Path and query exactly as on the request line. */
  target: string;
  headers: IncomingHttpHeaders;
}

export interface VerifyOptions {
  /** Hash of the body in lower hex, or one of S3's literals such as `UNSIGNED-PAYLOAD`. */
  payloadHash: string;
  /** S3 signs the path encoded once, every other service encodes it a second time. */
  pathEncoding: 'once' | 'twice';
  /** How far the signer's clock may be off; AWS allows 5 minutes, S3 allows 15. */
  maxSkewMs?: number;
}

export interface VerifiedSignature extends CredentialScope {
  /** Of temporary keys. */
  sessionToken?: string;
  presigned: boolean;
  signature: string;
  signingKey: Buffer;
  /** `YYYYMMDDTHHMMSSZ` */
  amzDate: string;
  /** `date/region/service/aws4_request` */
  scope: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.';

export const sha256Hex = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Uint8Array, data: string): Buffer =>
  createHmac('sha256', key).update(data).digest();

/** The key of one day, region and service. */
const signingKeys = new Map<string, Buffer>();
const mostSigningKeys = 500;

export function signingKeyOf(secret: string, { date, region, service }: CredentialScope): Buffer {
  const name = `${secret} ${date} ${region} ${service}`;
  const known = signingKeys.get(name);
  if (known) return known;
  if (signingKeys.size >= mostSigningKeys) signingKeys.clear();
  const key = [region, service, 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${secret}`, date));
  signingKeys.set(name, key);
  return key;
}

export const signText = (signingKey: Buffer, text: string): string => hmac(signingKey, text).toString('hex');

export function equalSignatures(expected: string, given: string): boolean {
  const left = Buffer.from(expected);
  const right = Buffer.from(given);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Splits `key/date/region/service/aws4_request`; undefined when it is not of that form. */
export function parseCredential(credential: string): CredentialScope | undefined {
  const parts = credential.split('/');
  const [date, region, service, terminator] = parts.slice(-4);
  const accessKeyId = parts.slice(0, -4).join('/');
  if (!accessKeyId || !date || !region || !service || terminator !== 'aws4_request') return undefined;
  return /^\d{8}$/.test(date) ? { accessKeyId, date, region, service } : undefined;
}

/** `YYYYMMDDTHHMMSSZ` as milliseconds since the epoch; NaN when malformed. */
export function parseAmzDate(text: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) return Number.NaN;
  const [, year, month, day, hour, minute, second] = match;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SignatureError('incomplete', `The request line holds a malformed percent-encoding: ${text}`);
  }
}

/** Decoded pairs in the order of the request line. */
function queryPairs(target: string): [string, string][] {
  const at = target.indexOf('?');
  if (at < 0) return [];
  return target
    .slice(at + 1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...rest] = pair.replaceAll('+', '%20').split('=');
      return [decode(name), decode(rest.join('='))];
    });
}

function canonicalPath(target: string, encoding: 'once' | 'twice'): string {
  const path = target.split('?', 1)[0] || '/';
  if (encoding === 'once') return path.split('/').map(decode).map(encode).join('/');
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(encode(segment));
  }
  const tail = path.endsWith('/') && segments.length > 0 ? '/' : '';
  return `/${segments.join('/')}${tail}`;
}

function canonicalQuery(pairs: [string, string][]): string {
  const byCode = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return pairs
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]): [string, string] => [encode(name), encode(value)])
    .sort((a, b) => byCode(a[0], b[0]) || byCode(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function headerText(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return (Array.isArray(value) ? value.join(',') : value)?.trim().replace(/\s+/g, ' ');
}

interface Claim {
  presigned: boolean;
  credential: string;
  signedHeaders: string[];
  signature: string;
  amzDate: string;
  expiresSeconds?: number;
  sessionToken?: string;
}

function readClaim(request: SignedHttpRequest, query: Map<string, string>): Claim {
  const { headers } = request;
  const sessionToken = headerText(headers, 'x-amz-security-token') ?? query.get('X-Amz-Security-Token');
  const withToken = sessionToken === undefined ? {} : { sessionToken };
  if (query.has('X-Amz-Signature') || query.has('X-Amz-Algorithm')) {
    if (query.get('X-Amz-Algorithm') !== ALGORITHM)
      throw new SignatureError('incomplete', `X-Amz-Algorithm only supports "${ALGORITHM}"`);
    const expiresSeconds = Number(query.get('X-Amz-Expires') ?? Number.NaN);
    if (!Number.isInteger(expiresSeconds) || expiresSeconds < 1 || expiresSeconds > 604_800)
      throw new SignatureError('incomplete', 'X-Amz-Expires must be between 1 and 604800 seconds');
    return {
      presigned: true,
      credential: query.get('X-Amz-Credential') ?? '',
      signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
      signature: query.get('X-Amz-Signature') ?? '',
      amzDate: query.get('X-Amz-Date') ?? '',
      expiresSeconds,
      ...withToken,
    };
  }
  const authorization = headerText(headers, 'authorization');
  if (!authorization) throw new SignatureError('missing', 'Missing Authentication Token');
  const fields = new Map(
    authorization
      .slice(ALGORITHM.length)
      .split(',')
      .map((field): [string, string] => {
        const [name = '', ...rest] = field.trim().split('=');
        return [name, rest.join('=')];
      }),
  );
  if (!authorization.startsWith(`${ALGORITHM} `))
    throw new SignatureError('incomplete', `Authorization header requires the algorithm ${ALGORITHM}.`);
  for (const name of ['Credential', 'Signature', 'SignedHeaders'])
    if (!fields.get(name))
      throw new SignatureError('incomplete', `Authorization header requires '${name}' parameter.`);
  return {
    presigned: false,
    credential: fields.get('Credential') ?? '',
    signedHeaders: (fields.get('SignedHeaders') ?? '').split(';'),
    signature: fields.get('Signature') ?? '',
    amzDate: headerText(headers, 'x-amz-date') ?? '',
    ...withToken,
  };
}

function checkTime(claim: Claim, maxSkewMs: number): void {
  const signedAt = parseAmzDate(claim.amzDate);
  if (Number.isNaN(signedAt))
    throw new SignatureError('incomplete', 'X-Amz-Date must be in the ISO8601 format YYYYMMDDTHHMMSSZ');
  const now = Date.now();
  if (signedAt > now + maxSkewMs)
    throw new SignatureError(
      'skewed',
      `Signature not yet current: ${claim.amzDate} is later than the server's time.`,
    );
  if (claim.expiresSeconds !== undefined) {
    if (signedAt + claim.expiresSeconds * 1000 < now)
      throw new SignatureError('expired', 'Request has expired');
  } else if (signedAt < now - maxSkewMs) {
    throw new SignatureError('skewed', `Signature expired: ${claim.amzDate} is too far in the past.`);
  }
}

/** The credential scope a request claims, before anything is verified; undefined when it carries no signature. */
export function claimedScope(request: SignedHttpRequest): CredentialScope | undefined {
  const inHeader = /Credential=([^,\s]+)/.exec(headerText(request.headers, 'authorization') ?? '')?.[1];
  const credential =
    inHeader ?? queryPairs(request.target).find(([name]) => name === 'X-Amz-Credential')?.[1];
  return credential === undefined ? undefined : parseCredential(credential);
}

/**
 * Verifies the signature of a request: credential, time (against real time), signed headers, signature.
 * The caller compares the body with `payloadHash`. Throws SignatureError.
 */
export function verifySignature(
  request: SignedHttpRequest,
  secretOf: SecretOf,
  { payloadHash, pathEncoding, maxSkewMs = 300_000 }: VerifyOptions,
): VerifiedSignature {
  const pairs = queryPairs(request.target);
  const claim = readClaim(request, new Map(pairs));
  const scope = parseCredential(claim.credential);
  if (!scope)
    throw new SignatureError(
      'incomplete',
      'Credential must have the form <access key>/<YYYYMMDD>/<region>/<service>/aws4_request',
    );
  const secret = secretOf(scope.accessKeyId, claim.sessionToken);
  if (secret === undefined)
    throw new SignatureError('unknown-key', 'The security token included in the request is invalid.');
  checkTime(claim, maxSkewMs);
  if (!claim.amzDate.startsWith(scope.date))
    throw new SignatureError('mismatch', 'Date in Credential scope does not match YYYYMMDD from X-Amz-Date.');

  const signed = new Set(claim.signedHeaders);
  const unsigned = Object.keys(request.headers).filter(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !signed.has(name),
  );
  // A presigned URL may be called with the header that says its payload is unsigned.
  const loose = unsigned.filter((name) => !(claim.presigned && name === 'x-amz-content-sha256'));
  if (loose.length > 0)
    throw new SignatureError(
      'unsigned-headers',
      `There were headers present in the request which were not signed: ${loose.join(', ')}`,
    );

  const canonicalRequest = [
    request.method,
    canonicalPath(request.target, pathEncoding),
    canonicalQuery(pairs),
    ...claim.signedHeaders.map((name) => `${name}:${headerText(request.headers, name) ?? ''}`),
    '',
    claim.signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
  const scopeText = `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
  const signingKey = signingKeyOf(secret, scope);
  const expected = signText(
    signingKey,
    [ALGORITHM, claim.amzDate, scopeText, sha256Hex(canonicalRequest)].join('\n'),
  );
  if (!equalSignatures(expected, claim.signature)) throw new SignatureError('mismatch', MISMATCH);
  return {
    ...scope,
    ...(claim.sessionToken === undefined ? {} : { sessionToken: claim.sessionToken }),
    presigned: claim.presigned,
    signature: expected,
    signingKey,
    amzDate: claim.amzDate,
    scope: scopeText,
  };
}
