import type { QuoteState } from '../job/job.ts';
import type { PricedOrder } from '../price/price-order.ts';

/** One numbered version of an offer. Never edited once sent: a change is a new version. */
export interface Quote {
  jobId: string;
  version: number;
  state: QuoteState;
  price: PricedOrder;
  /** What the price was computed from, so that it can be computed again to the same cent. */
  basis: { priceBookVersion: number; engineVersion: string; fileHashes: Record<string, string> };
  message?: string;
  sentAt: string;
  validUntil: string;
  answeredAt?: string;
  /** The customer's typed name, or who answered for them. */
  answeredBy?: string;
  answer?: string;
}
