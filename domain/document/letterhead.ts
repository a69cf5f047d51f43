import type { Shop } from '../shop/shop.ts';

export const logoTypes = ['png', 'jpeg'] as const;

/** A picture in the head of every document. */
export interface Logo {
  /** Hex SHA-256 of its content. */
  sha256: string;
  type: (typeof logoTypes)[number];
}

/** What a shop has on its papers beside its name; the owner edits it. */
export interface LetterheadSettings {
  /** Postal address and register entries, line by line. */
  address: string;
  phone: string;
  website: string;
  taxNumber: string;
  /** `#rrggbb` */
  accentColor: string;
  /** BCP 47: how figures and dates are written. */
  locale: string;
  /** Under a quote. */
  quoteTerms: string;
  /** Under invoices and pro formas: when and how to pay. */
  paymentTerms: string;
  logo?: Logo;
}

export interface StoredLetterhead extends LetterheadSettings {
  /** Rises by one with every edit; 0 before the first. */
  version: number;
}

/** All that a document says of its shop. */
export interface Letterhead extends LetterheadSettings {
  shopName: string;
  email: string;
  timeZone: string;
}

/** What a shop begins with. */
export const firstLetterhead: StoredLetterhead = {
  address: '',
  phone: '',
  website: '',
  taxNumber: '',
  accentColor: '#1f4e79',
  locale: 'en-US',
  quoteTerms:
    'Prices hold for the scope above. A change of files, material, finish or quantity is quoted as a new version.',
  paymentTerms: 'Payable on receipt.',
  version: 0,
};

export const letterheadOf = (
  { name, email, timeZone }: Pick<Shop, 'name' | 'email' | 'timeZone'>,
  { version: _, ...settings }: StoredLetterhead,
): Letterhead => ({ ...settings, shopName: name, email, timeZone });
