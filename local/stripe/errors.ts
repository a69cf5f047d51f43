export interface StripeErrorBody {
  type: 'invalid_request_error' | 'idempotency_error' | 'card_error' | 'api_error';
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  payment_intent?: { id: string };
}

/** An answer that says no, and is kept with what it has written: the same key gets it again. */
export interface Declined {
  declined: StripeErrorBody;
}

/** Becomes `{"error": ...}` with its status. */
export class StripeRefusal extends Error {
  readonly status: number;
  readonly body: StripeErrorBody;
  constructor(status: number, body: StripeErrorBody) {
    super(body.message);
    this.name = 'StripeRefusal';
    this.status = status;
    this.body = body;
  }
}

export function invalidRequest(
  message: string,
  details: { code?: string; param?: string } = {},
  status = 400,
): StripeRefusal {
  return new StripeRefusal(status, { type: 'invalid_request_error', message, ...details });
}
