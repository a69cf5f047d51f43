import { describe, expect, test } from 'vitest';
import { statuses, templateNames, type Status } from '../job/job.ts';
import { shippedTemplates } from '../job/templates/all.ts';
import { statusesOf } from '../job/template.ts';
import { kindOf, mailKinds } from './mail-kinds.ts';
import { findMailFault, isSent, mailsFor, mailsOf, noMailSettings, wordsOf } from './mail-settings.ts';
import { mailTable } from './mail-table.ts';
import { findUnknownPlaceholder } from './placeholders.ts';

const moved = (type: Parameters<typeof kindOf>[0]['type'], from: Status, to: Status) => ({
  type,
  transition: { from, to, visit: 2 },
  data: {},
});
const toldOf = (...news: Parameters<typeof mailsFor>) =>
  mailsFor(...news).map(({ kind, audience }) => `${kind} ${audience}`);

test('the table has every kind once', () => {
  expect(mailTable.map(({ kind }) => kind).sort()).toEqual([...mailKinds].sort());
});

test('every mail’s own words name only placeholders that exist', () => {
  const words = mailTable
    .flatMap(({ to }) => Object.values(to))
    .flatMap(({ subject, opening }) => [subject, opening]);
  expect(words.map((each) => findUnknownPlaceholder(each, 'x')).filter(Boolean)).toEqual([]);
});

const told = statusesOf(shippedTemplates.order).filter((status) => status !== 'draft');
test.each(told)('DF-53 an order that is moved to %s is told to the shop and to the customer', (to) => {
  expect(toldOf(moved('job.changed', 'placed', to), 'order', noMailSettings)).toEqual([
    `${to} shop`,
    `${to} customer`,
  ]);
});

test('DF-72 no kind is about becoming unpaid', () => {
  const about = mailsOf('order').flatMap(({ title, to }) => [
    title,
    ...Object.values(to).map(({ opening }) => opening),
  ]);
  expect(about.filter((words) => /unpaid/i.test(words))).toEqual([]);
});

describe('what the news is', () => {
  test.each([
    [moved('quote.approved', 'quoted', 'placed'), 'placed'],
    [moved('quote.approved', 'quoted', 'ready_to_make'), 'quote.approved'],
    [moved('vendor.priced', 'vendor_quote', 'quoted'), 'quoted'],
    [moved('vendor.priced', 'vendor_quote', 'review'), 'vendor.priced'],
    [moved('payment.settled', 'payment_due', 'delivered'), 'payment.settled'],
    [moved('payment.settled', 'waiting_for_payment', 'ready_to_make'), 'ready_to_make'],
    [moved('job.resumed', 'on_hold', 'placed'), 'job.resumed'],
    [moved('job.undone', 'placed', 'draft'), undefined],
    [{ type: 'payment.unmatched' as const, data: { state: 'surplus' } }, 'payment.surplus'],
    [{ type: 'job.edited' as const, data: {} }, undefined],
  ])('%o is %s', (news, kind) => expect(kindOf(news)).toBe(kind));
});

test('steps inside the shop are not mailed in fabrication', () => {
  for (const to of ['quoting', 'in_production', 'post_production', 'quality_check', 'completed'] as const)
    expect(toldOf(moved('job.changed', 'review', to), 'fabrication', noMailSettings)).toEqual([]);
});

test('a message is mailed to the side it is for, and only there', () => {
  const to = (addressee: string) => ({ type: 'message.written' as const, data: { addressee } });
  for (const template of templateNames) {
    expect(toldOf(to('customer'), template, noMailSettings)).toEqual(['message.written customer']);
    expect(toldOf(to('shop'), template, noMailSettings)).toEqual(['message.written shop']);
  }
});

test('a shop’s choice goes before Kerf’s, for its own mail alone', () => {
  const settings = {
    version: 1,
    choices: [{ kind: 'placed' as const, audience: 'shop' as const, send: false, subject: 'Neu' }],
  };
  expect(toldOf(moved('job.placed', 'draft', 'placed'), 'order', settings)).toEqual(['placed customer']);
  expect(wordsOf('placed', 'shop', settings)).toMatchObject({
    subject: 'Neu',
    opening: wordsOf('placed', 'shop', noMailSettings).opening,
  });
});

test('DF-69 copies go with four statuses and the reminders of a payment, to the customer’s mail only', () => {
  const copied = mailsOf('order')
    .filter((row) => row.copied)
    .map(({ kind }) => kind);
  expect(copied).toEqual(['quoted', 'placed', 'po_provided', 'payment_due', 'po.due_soon', 'po.overdue']);
  for (const { audience, copied: isCopy } of mailsFor(
    moved('job.placed', 'draft', 'placed'),
    'order',
    noMailSettings,
  ))
    expect(isCopy).toBe(audience === 'customer');
});

test('choices for mails that a job type does not have, twice the same, and unknown placeholders are refused by name', () => {
  const of = (...choices: Parameters<typeof findMailFault>[1]) => findMailFault('fabrication', choices);
  const sent = { kind: 'quoted' as const, audience: 'customer' as const };
  expect(of(sent)).toBeUndefined();
  expect(of({ kind: 'vendor.asked', audience: 'vendor' })).toMatchObject({
    refused: 'invalid',
    field: 'choices.0',
  });
  expect(of({ kind: 'invoice.issued', audience: 'shop' })).toMatchObject({ field: 'choices.0' });
  expect(of(sent, sent)).toMatchObject({ field: 'choices.1' });
  expect(of({ ...sent, subject: 'Hi {nmae}' })).toMatchObject({
    field: 'choices.0.subject',
    message: expect.stringContaining('{nmae}') as string,
  });
});

test('a job type’s settings list no status that it does not use', () => {
  for (const template of templateNames)
    for (const { kind } of mailsOf(template))
      if (kind !== 'placed' && (statuses as readonly string[]).includes(kind))
        expect(shippedTemplates[template].statuses).toHaveProperty(kind);
  expect(mailsOf('custom').some((row) => isSent(row, 'customer', 'custom', noMailSettings))).toBe(true);
});
