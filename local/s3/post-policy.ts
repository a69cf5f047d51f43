/** Verification of a browser upload's POST policy. */
import { equalSignatures, parseCredential, signText, signingKeyOf, type SecretOf } from '../wire/sigv4.ts';
import * as z from 'zod';
import { S3Error } from './error.ts';

export interface AllowedUpload {
  accessKeyId: string;
  /** Smallest and largest size in bytes, when the policy says so. */
  minBytes: number;
  maxBytes: number;
}

const LARGEST_OBJECT = 5 * 1024 ** 3;

const policySchema = z.object({
  expiration: z.iso.datetime(),
  conditions: z.array(
    z.union([
      z.tuple([
        z.literal('content-length-range'),
        z.coerce.number().int().min(0),
        z.coerce.number().int().min(0),
      ]),
      z.tuple([z.enum(['eq', 'starts-with']), z.string().startsWith('$'), z.string()]),
      z.record(z.string(), z.string()),
    ]),
  ),
});

/** Fields that need no condition of their own. */
const UNCONDITIONED = new Set(['x-amz-signature', 'file', 'policy', 'x-amz-security-token', 'bucket']);

const refused = (why: string) => new S3Error(403, 'AccessDenied', `Invalid according to Policy: ${why}`);

/**
 * Checks signature, expiration (against real time) and every condition but the size, which is known only after the
 * upload. `fields` are the form's, by lower-case name. Throws S3Error.
 */
export function checkPostPolicy(
  fields: ReadonlyMap<string, string>,
  bucketName: string,
  secretOf: SecretOf,
): AllowedUpload {
  const encoded = fields.get('policy');
  if (encoded === undefined) throw new S3Error(403, 'AccessDenied', 'Access Denied');
  const accessKeyId = checkSignature(fields, encoded, secretOf);
  const policy = parsePolicy(encoded);
  if (Date.parse(policy.expiration) <= Date.now()) throw refused('Policy expired.');

  const allowed: AllowedUpload = { accessKeyId, minBytes: 0, maxBytes: LARGEST_OBJECT };
  const covered = new Set(UNCONDITIONED);
  for (const condition of policy.conditions) {
    if (Array.isArray(condition) && condition[0] === 'content-length-range') {
      allowed.minBytes = Math.max(allowed.minBytes, condition[1]);
      allowed.maxBytes = Math.min(allowed.maxBytes, condition[2]);
      continue;
    }
    const tests: ['eq' | 'starts-with', string, string][] = Array.isArray(condition)
      ? [[condition[0], condition[1].slice(1), condition[2]]]
      : Object.entries(condition).map(([name, value]) => ['eq', name, value]);
    for (const [operator, givenName, wanted] of tests) {
      const name = givenName.toLowerCase();
      covered.add(name);
      const value = name === 'bucket' ? bucketName : (fields.get(name) ?? '');
      const met = operator === 'eq' ? value === wanted : startsWith(name, value, wanted);
      if (!met) throw refused(`Policy Condition failed: ["${operator}", "$${givenName}", "${wanted}"]`);
    }
  }
  const extra = [...fields.keys()].filter((name) => !covered.has(name) && !name.startsWith('x-ignore-'));
  if (extra.length > 0) throw refused(`Extra input fields: ${extra.join(', ')}`);
  return allowed;
}

/** A Content-Type may be a list, each member of which must begin so. */
const startsWith = (name: string, value: string, wanted: string): boolean =>
  name === 'content-type'
    ? value.split(',').every((type) => type.trim().startsWith(wanted))
    : value.startsWith(wanted);

function checkSignature(fields: ReadonlyMap<string, string>, policy: string, secretOf: SecretOf): string {
  const field = (name: string): string => {
    const value = fields.get(name);
    if (value === undefined)
      throw new S3Error(
        400,
        'InvalidArgument',
        `Bucket POST must contain a field named '${name}'. If it is specified, please check the order of the fields.`,
        { ArgumentName: name, ArgumentValue: '' },
      );
    return value;
  };
  if (field('x-amz-algorithm') !== 'AWS4-HMAC-SHA256')
    throw new S3Error(400, 'InvalidArgument', 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  const scope = parseCredential(field('x-amz-credential'));
  if (!scope || scope.service !== 's3' || !field('x-amz-date').startsWith(scope.date))
    throw new S3Error(400, 'InvalidArgument', 'X-Amz-Credential or X-Amz-Date is malformed.');
  const secret = secretOf(scope.accessKeyId, fields.get('x-amz-security-token'));
  if (secret === undefined)
    throw new S3Error(
      403,
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
    );
  if (!equalSignatures(signText(signingKeyOf(secret, scope), policy), field('x-amz-signature')))
    throw new S3Error(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    );
  return scope.accessKeyId;
}

function parsePolicy(encoded: string): z.infer<typeof policySchema> {
  try {
    return policySchema.parse(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')));
  } catch {
    throw new S3Error(400, 'InvalidPolicyDocument', 'Invalid Policy: the document is malformed.');
  }
}
