/** What every AWS-speaking server of the embedded cloud has in common. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Principal } from '../iam/principals.ts';

/** A request whose signature (where the service asks for one) has already been verified. */
export interface WireRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** `x-amz-target` without its prefix, e.g. `SendTaskSuccess`; empty for REST services. */
  operation: string;
  /** Who signed it. */
  principal: Principal;
  requestId: string;
}

export interface WireResponse {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** One AWS service on the shared port; chosen by the service name of the SigV4 credential scope, or by its `x-amz-target` prefix. */
export interface WireService {
  /** SigV4 service name: `ses`, `states`, `events`, `ssm`, `kms`, `iot`, `iotdata`, `cognito-idp`. */
  scope: string;
  /** Prefix of `x-amz-target` before the dot, for JSON services. */
  targetPrefix?: string;
  /** Operations AWS serves without a signature (Cognito's public ones). */
  unsigned?: ReadonlySet<string>;
  handle(request: WireRequest): Promise<WireResponse>;
}

/** Becomes the error answer of the service's protocol: `{"__type": code, "message": ...}` and the status. */
export class WireError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = code;
    this.status = status;
    this.code = code;
  }
}
