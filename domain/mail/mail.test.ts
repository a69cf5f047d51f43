import { describe, expect, test } from 'vitest';
import type { Job } from '../job/job.ts';
import { fabrication } from '../job/templates/fabrication.ts';
import { mailTable } from './mail-table.ts';
import { noMailSettings, wordsOf } from './mail-settings.ts';
import type { MailAudience } from './mail-kinds.ts';
import { money } from './mail-values.ts';
import { writeMail, type MailInput } from './write-mail.ts';

const hostile = `<img src=x onerror="alert('1')"> & "Co"`;
const job: Job = {
  id: 'job_1',
  shopId: 'shop_1',
  number: 'K-000001',
  template: 'fabrication',
  title: hostile,
  status: 'quoted',
  version: 3,
  visit: 2,
  customer: { customerId: 'cus_1', name: hostile, email: 'cleo@mail.example' },
  source: 'portal',
  delivery: 'pickup',
  quote: {
    version: 2,
    state: 'sent',
    totalMinor: 1234,
    currency: 'JPY',
    validUntil: '2026-06-03T10:00:00.000Z',
  },
  payment: 'unpaid',
  reworkCycle: 0,
  createdAt: '2026-05-04T10:00:00.000Z',
  updatedAt: '2026-05-04T10:00:00.000Z',
};
const url = 'https://kerf.example/p/shop/job/job_1#link="><script>';
const kinds = mailTable.flatMap(({ kind, to }) =>
  (Object.keys(to) as MailAudience[]).map((audience) => ({ kind, audience })),
);
const input = ({ kind, audience }: (typeof kinds)[number]): MailInput => ({
  kind,
  audience,
  shop: { name: hostile },
  job,
  template: fabrication,
  facts: { version: 2, message: hostile, reason: hostile, number: hostile, address: hostile, about: hostile },
  words: wordsOf(kind, audience, noMailSettings),
  lines: [hostile],
  url,
});

describe.each(kinds)('$kind to the $audience', (kind) => {
  const mail = writeMail(input(kind));
  test('people’s words stay words in HTML: only our own tags are left', () => {
    const tags = mail.html.match(/<[^>]*>/g) ?? [];
    const href = 'https://kerf.example/p/shop/job/job_1#link=&quot;&gt;&lt;script&gt;';
    const ours = new Set(['<p>', '</p>', '<b>', '</b>', '<br>', '</a>', `<a href="${href}">`]);
    expect(tags.filter((tag) => !ours.has(tag))).toEqual([]);
    expect(mail.html.replaceAll(/<[^>]*>/g, '')).not.toMatch(/[<>"']/);
    expect(mail.html.replaceAll(/&(amp|lt|gt|quot|#39);/g, '')).not.toContain('&');
  });
  test('says what it is about and carries its one link', () => {
    expect(mail.subject).not.toMatch(/undefined|null|NaN|[\r\n]/);
    expect(mail.text).not.toMatch(/undefined|NaN/);
    expect(mail.text).toContain(kind.kind === 'vendor.order' ? 'K-000001\n' : `K-000001: ${hostile}`);
    expect(mail.text).toContain(`: ${url}\n`);
    expect(mail.subject).not.toMatch(/[{}]/);
  });
});

test.each([
  [1234, 'USD', '$12.34'],
  [5, 'USD', '$0.05'],
  [1234, 'JPY', '¥1,234'],
  [1234, 'KWD', 'KWD 1.234'],
  [100, 'EUR', '€1.00'],
  [0, 'USD', '$0.00'],
])('%d minor units of %s read %s', (minor, currency, text) =>
  // Intl puts a no-break space after a currency's letters.
  expect(money(minor, currency).replaceAll('\u00a0', ' ')).toBe(text),
);

test('the customer’s mails speak the customer’s language of statuses', () => {
  const standing = (audience: 'shop' | 'customer') =>
    writeMail({ ...input({ kind: 'quote.approved', audience }) }).text.match(/Status: .*/)?.[0];
  expect(standing('customer')).toBe('Status: Quote ready');
  expect(standing('shop')).toBe('Status: Quoted');
});
