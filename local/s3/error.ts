/** S3's error answers. */
import type { SignatureError, SignatureFault } from '../wire/sigv4.ts';

/** Becomes S3's XML error; `details` are further elements, e.g. `MaxSizeAllowed`. */
export class S3Error extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Record<string, string | number>;
  constructor(status: number, code: string, message: string, details: Record<string, string | number> = {}) {
    super(message);
    this.name = code;
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export const noSuchKey = (key: string) =>
  new S3Error(404, 'NoSuchKey', 'The specified key does not exist.', { Key: key });

const FAULTS: Record<SignatureFault, { status: number; code: string; message?: string }> = {
  missing: { status: 403, code: 'AccessDenied', message: 'Access Denied' },
  incomplete: { status: 400, code: 'AuthorizationHeaderMalformed' },
  'unknown-key': {
    status: 403,
    code: 'InvalidAccessKeyId',
    message: 'The AWS Access Key Id you provided does not exist in our records.',
  },
  mismatch: { status: 403, code: 'SignatureDoesNotMatch' },
  skewed: {
    status: 403,
    code: 'RequestTimeTooSkewed',
    message: 'The difference between the request time and the current time is too large.',
  },
  expired: { status: 403, code: 'AccessDenied', message: 'Request has expired' },
  'unsigned-headers': { status: 403, code: 'AccessDenied' },
};

/** S3's name for a refused signature. */
export function signatureRefusal(error: SignatureError): S3Error {
  const { status, code, message } = FAULTS[error.fault];
  return new S3Error(status, code, message ?? error.message);
}
