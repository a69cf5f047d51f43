/** A tenant of Kerf. */
export interface Shop {
  id: string;
  name: string;
  /** The portal's address: `/p/<slug>`. */
  slug: string;
  email: string;
  /** Who opened it: sees new requests through until somebody else is named. */
  founder: { personId: string; name: string };
  currency: string;
  /** IANA zone, for display and "due today". */
  timeZone: string;
  /** Days a quote stays valid. */
  quoteValidDays: number;
  /** The shop's own account at the payment provider; none until payments are set up. */
  paymentAccountId?: string;
  version: number;
  createdAt: string;
}

/** `Ana's Print Farm` -> `ana-s-print-farm`. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/^.?$/, 'shop');
