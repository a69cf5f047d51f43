import type { OutOf } from '#contract/route.ts';
import type { getPriceBook } from '#contract/routes/shops.ts';
import { infillRange, type MachineProfile, type PriceBook } from '#domain/price/price-book.ts';
import { usualMakingOf } from '#domain/price/usual-making.ts';

export const priceBookView = (book: PriceBook): OutOf<typeof getPriceBook> => ({
  ...book,
  machines: book.machines.map(({ profile, ...machine }) => ({
    ...machine,
    ...(profile && { profile: profileView(profile) }),
  })),
  supports: book.supports ?? 'none',
  infillFromPercent: infillRange(book).from,
  infillToPercent: infillRange(book).to,
  usualMaking: usualMakingOf(book),
  materials: [...book.materials],
  finishes: [...book.finishes],
  metalFixes: [...book.metalFixes],
  quantityBreaks: [...book.quantityBreaks],
  rushOptions: [...book.rushOptions],
  otherTaxRates: [...book.otherTaxRates],
});

const profileView = ({ settings, defaults, ...profile }: MachineProfile) => ({
  ...profile,
  settings: { ...settings },
  defaults: defaults.map((each) => ({ ...each, keys: [...each.keys] })),
});
