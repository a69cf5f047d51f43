import type { QuoteState } from '../job/job.ts';
import type { PriceInputs } from '../price/order-input.ts';
import type { PricedOrder } from '../price/price-order.ts';
import type { QuoteEdits } from './quote-edits.ts';

/** What a price was computed from, so that it can be computed again to the same cent. */
export interface QuoteBasis {
  priceBookVersion: number;
  engineVersion: string;
  /** SHA-256 by file id. */
  fileHashes: Record<string, string>;
  /** Geometry results, what making takes, terms, edits. */
  inputs: PriceInputs;
  /** What somebody of the shop changed, with the reasons. */
  edits?: QuoteEdits;
}

/** One numbered version of an offer. Never edited once sent: a change is a new version. */
export interface Quote {
  jobId: string;
  version: number;
  state: QuoteState;
  price: PricedOrder;
  basis: QuoteBasis;
  /** What it asks for before production, in minor units. */
  depositMinor?: number;
  message?: string;
  sentAt: string;
  validUntil: string;
  answeredAt?: string;
  /** The customer's typed name, or who answered for them. */
  answeredBy?: string;
  answer?: string;
}

/** What the shop prepares before it sends the next version; kept afterwards, so that the next version starts from the last. */
export interface QuoteDraft {
  jobId: string;
  /** Rises by one with every save; edits name the one they saw. */
  version: number;
  edits: QuoteEdits;
  savedAt: string;
  savedBy: string;
}
