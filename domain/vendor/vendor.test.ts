import { describe, expect, test } from 'vitest';
import { decide } from '../job/decide.ts';
import { assignVendor, showToVendor } from '../job/assign-vendor.ts';
import { commandFor, job, later, now, stateIn } from '../job/job-for-test.ts';
import { openStay } from '../job/due.ts';
import type { Job } from '../job/job.ts';
import { handTo, promiseAnew } from '../job/promise.ts';
import { promisedDay } from '../job/promised-day.ts';
import { custom } from '../job/templates/custom.ts';
import { fabrication } from '../job/templates/fabrication.ts';
import { mailsFor as mailsOfNews, noMailSettings, wordsOf } from '../mail/mail-settings.ts';
import type { News } from '../mail/mail-kinds.ts';
import { isVendors, vendorRecipient } from '../mail/vendor-mail.ts';
import { placeholders } from '../mail/placeholders.ts';
import { writeMail, type MailInput } from '../mail/write-mail.ts';
import { isRefusal } from '../refusal.ts';
import type { JobVendor } from './vendor.ts';

const casting: JobVendor = {
  name: 'Casting House',
  email: 'casting@vendor.example',
  requestId: 'vrq_1',
  toldAt: now,
};
const setter: JobVendor = { name: 'Stone Setter', email: 'setter@vendor.example', requestId: 'vrq_2' };
const mailsFor = (event: News & { quiet?: boolean }) =>
  event.quiet
    ? []
    : mailsOfNews(event, 'custom', noMailSettings).map(({ kind, audience }) => ({ audience, kind }));
const ana = { kind: 'staff', personId: 'p', name: 'Ana', role: 'sales' } as const;

function decided(status: Job['status'], name: Parameters<typeof commandFor>[0], changes: Partial<Job> = {}) {
  const state = stateIn(status, name, custom);
  const before = { ...state, job: { ...state.job, vendor: casting, ...changes } };
  const decision = decide(before, commandFor(name, before), ana, now);
  if (isRefusal(decision)) throw new Error(decision.message);
  const mails = mailsFor(decision.event).filter(({ audience }) => isVendors(audience));
  return { ...decision, mails };
}

describe('JT-14 JT-47 the step itself tells the vendor', () => {
  const go = [{ audience: 'vendor', kind: 'vendor.go_ahead' }];
  const no = [{ audience: 'vendor', kind: 'vendor.recalled' }];
  test.each([
    ['review', 'ask_vendor', [{ audience: 'vendor', kind: 'vendor.asked' }]],
    ['vendor_quote', 'recall', no],
    ['quoted', 'approve_quote', go],
    ['review', 'begin_work', go],
    ['quoted', 'decline_quote', no],
    ['in_production', 'cancel', no],
    ['vendor_quote', 'cancel', no],
    ['in_production', 'hold', []],
    ['in_production', 'ready', []],
    ['vendor_quote', 'vendor_decline', []],
  ] as const)('from %s by %s', (status, command, wanted) => {
    expect(decided(status, command).mails).toEqual(wanted);
  });
  test('who is back at work after a hold is not told again, and who never heard of the job hears nothing of its end', () => {
    expect(decided('on_hold', 'resume', { heldFrom: 'in_production' }).mails).toEqual([]);
    const { toldAt: _, ...untold } = casting;
    expect(decided('review', 'cancel', { vendor: untold }).mails).toEqual([]);
  });
  test('another vendor who is asked takes the place of the one before, who is told', () => {
    const mails = decided('review', 'ask_vendor', { vendor: { ...setter, toldAt: now } }).mails;
    expect(mails).toEqual([
      { audience: 'vendor', kind: 'vendor.asked' },
      { audience: 'former_vendor', kind: 'vendor.recalled' },
    ]);
  });
  test.each(['recall', 'vendor_decline', 'cancel'] as const)('%s closes the vendor’s links', (command) => {
    expect(decided('vendor_quote', command).job.vendor?.requestId).toBeUndefined();
  });
});

describe('a vendor on the job', () => {
  const asked = job({ template: 'custom', status: 'vendor_quote', vendor: casting });
  const state = (of: Job) => ({ job: of, template: custom, stay: openStay(of, custom, now) });
  const assigned = (of: Job, vendor: JobVendor | undefined, reason?: string) => {
    const result = assignVendor(state(of), vendor, reason, later);
    if (isRefusal(result)) throw new Error(result.message);
    return result;
  };
  test('is replaced with a reason; the new one is asked and has as long to answer, the old price is gone', () => {
    const priced = { ...asked, vendorPrice: { costMinor: 1, currency: 'USD' } };
    const after = assigned(priced, setter, 'no answer');
    expect(after.job).toMatchObject({ vendor: { name: 'Stone Setter', toldAt: later } });
    expect(after.job.vendorPrice).toBeUndefined();
    expect(mailsFor(after.event).map(({ kind }) => kind)).toEqual(['vendor.asked', 'vendor.recalled']);
    const silent = after.stay?.due.filter(({ kind }) => kind === 'vendor_silent');
    expect(silent).toEqual([{ kind: 'vendor_silent', at: '2026-06-05T10:00:00.000Z', done: false }]);
    expect(assignVendor(state(asked), setter, undefined, now)).toMatchObject({ field: 'reason' });
  });
  test('at work begins at once; before that nobody is told', () => {
    const making = job({ template: 'custom', status: 'in_production' });
    expect(mailsFor(assigned(making, setter).event).map(({ kind }) => kind)).toEqual(['vendor.go_ahead']);
    const early = assigned(job({ template: 'custom', status: 'review' }), setter);
    expect(mailsFor(early.event)).toEqual([]);
    expect(early.job.vendor?.toldAt).toBeUndefined();
  });
  test('is of bespoke jobs and repairs only, and not taken off while they are asked', () => {
    const print = { job: job(), template: fabrication, stay: openStay(job(), fabrication, now) };
    expect(assignVendor(print, setter, undefined, now)).toMatchObject({ refused: 'not_allowed_now' });
    expect(assignVendor(state(asked), undefined, 'why', now)).toMatchObject({ refused: 'not_allowed_now' });
  });
  test('sees what is listed, and only what the job has', () => {
    const known = new Set(['photo_1', 'file_1']);
    expect(showToVendor(asked, ['photo_1', 'photo_1'], known)).toMatchObject({
      vendor: { shows: ['photo_1'] },
    });
    expect(showToVendor(asked, ['photo_1', 'photo_9'], known)).toMatchObject({ field: 'shows.1' });
    expect(showToVendor(job(), [], known)).toMatchObject({ refused: 'not_ready' });
  });
});

describe('mails to vendors', () => {
  const piece = job({
    template: 'custom',
    number: 'K-000123',
    title: 'Yellow gold engagement ring, 6mm cushion center',
    vendor: casting,
    po: { number: 'PO-4711', providedAt: now, netDays: 30, dueAt: later },
    customer: { customerId: 'c', name: 'Secret Customer', email: 'secret@mail.example' },
    quote: { version: 1, state: 'sent', totalMinor: 987_654, currency: 'USD', validUntil: later },
  });
  const written = (kind: (typeof kinds)[number], own: Partial<MailInput> = {}) =>
    writeMail({
      kind,
      audience: 'vendor',
      shop: { name: 'Ana' },
      job: piece,
      template: custom,
      facts: { totalMinor: 987_654, reason: 'Secret Customer says no' },
      words: wordsOf(kind, 'vendor', noMailSettings),
      lines: ['2 × secret@mail.example.stl (PLA, as printed)'],
      ...own,
    });
  const kinds = [
    'vendor.asked',
    'vendor.go_ahead',
    'vendor.reminder_due',
    'vendor.recalled',
    'vendor.order',
  ] as const;
  test('JT-46 the subject has the six digits of the number and what it is', () => {
    expect(written('vendor.asked').subject).toBe(
      'Quote request for Custom Build #000123 - Yellow gold engagement ring, 6mm cushion center',
    );
  });
  test.each(kinds)('%s names neither the customer nor what they pay', (kind) => {
    expect(JSON.stringify(written(kind))).not.toMatch(/Secret|secret@|9.?876/);
    const everything = placeholders.filter((name) => name !== 'reason').map((name) => `{${name}}`);
    const own = { subject: everything.join(' '), opening: everything.join(' '), button: '' };
    expect(JSON.stringify(written(kind, { words: own }))).not.toMatch(/Secret|secret@|9.?876|PO-4711/);
  });
  test('a purchase order’s mail does not say what the customer’s job is called', () => {
    const { text, html } = written('vendor.order');
    expect(text).toContain('K-000123');
    expect(text + html).not.toContain('engagement');
  });
  test('whose place another has taken reads their own name, not the other’s', () => {
    const words = { subject: '{vendor}', opening: 'Dear {vendor}', button: '' };
    const facts = { vendor: setter.name, formerVendor: casting.name };
    const job = { ...piece, vendor: setter };
    const mail = written('vendor.recalled', { audience: 'former_vendor', words, facts, job });
    expect(JSON.stringify(mail)).toContain('Dear Casting House');
    expect(JSON.stringify(mail)).not.toContain('Stone Setter');
  });
  test('what a vendor asks for is read by the shop only', () => {
    const words = { subject: '{amount}', opening: 'For {amount}', button: '' };
    const facts = { costMinor: 12_300, currency: 'USD', totalMinor: 987_654 };
    const subjectTo = (audience: 'shop' | 'customer') =>
      written('vendor.asked', { audience, words, facts }).subject;
    expect([subjectTo('shop'), subjectTo('customer')]).toEqual(['$123.00', '']);
  });
  test('go to whom they were meant for, with a link only while the job is theirs', () => {
    const facts = { vendorEmail: casting.email, formerEmail: setter.email };
    expect(vendorRecipient(piece, 'vendor', facts)).toEqual({ email: casting.email, requestId: 'vrq_1' });
    const replaced = vendorRecipient({ vendor: setter }, 'vendor', facts);
    expect(replaced).toEqual({ email: casting.email });
    expect(vendorRecipient(piece, 'former_vendor', facts)).toEqual({ email: setter.email });
  });
});

describe('the promised day and the salesperson', () => {
  const zone = 'Europe/Berlin';
  const promised = job({
    template: 'custom',
    status: 'review',
    promised: promisedDay('2026-05-05', zone),
    flags: ['promise_soon', 'sla_missed'],
  });
  const stay = openStay(promised, custom, now);
  const wish = { date: '2026-07-01', reason: 'the stone is late', quiet: false };
  test('JT-33 another day forgets what was told of the old one and waits for the new one', () => {
    const after = promiseAnew({ job: promised, stay }, wish, zone, now);
    if (isRefusal(after)) throw new Error(after.message);
    expect(after.job).toMatchObject({ promised: { date: '2026-07-01' }, flags: ['sla_missed'] });
    expect(after.stay.due.filter(({ kind }) => kind.startsWith('promise_'))).toEqual([
      { kind: 'promise_soon', at: '2026-06-28T22:00:00.000Z', done: false },
      { kind: 'promise_late', at: '2026-07-01T22:00:00.000Z', done: false },
    ]);
    expect(mailsFor(after.event)).toEqual([{ audience: 'customer', kind: 'job.promised_anew' }]);
    const quiet = promiseAnew({ job: promised, stay }, { ...wish, quiet: true }, zone, now);
    expect(!isRefusal(quiet) && mailsFor(quiet.event)).toEqual([]);
  });
  test('JT-33 a day that is over or beyond all calendars, the same day, or the day of an ended job is refused', () => {
    const on = (date: string, of = promised) => promiseAnew({ job: of, stay }, { ...wish, date }, zone, now);
    expect(on('2026-05-03')).toMatchObject({ field: 'date' });
    expect(on('9999-12-31')).toMatchObject({ field: 'date' });
    expect(on('2026-05-05')).toMatchObject({ field: 'date' });
    expect(on('2026-07-01', { ...promised, status: 'completed' })).toMatchObject({
      refused: 'not_allowed_now',
    });
  });
  test('JT-32 another member takes over, once', () => {
    const bo = { personId: 'b', name: 'Bo' };
    const after = handTo(promised, bo, 'on leave');
    expect(after).toMatchObject({
      job: { salesperson: bo },
      event: { data: { name: 'Bo', reason: 'on leave' } },
    });
    expect(handTo({ ...promised, salesperson: bo }, bo, 'again')).toMatchObject({ refused: 'invalid' });
  });
});
