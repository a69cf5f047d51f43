import type { Fault } from './fault.ts';

const conditions = 'domain/job/rules/conditions.ts';
const production = 'domain/job/rules/production.ts';

/** Faults by the acceptance file whose rows must catch them. */
export const faults = {
  fabrication: [
    {
      group: 'CO quote',
      breaks: 'the answer to a version is forgotten',
      file: 'domain/job/rules/quoting.ts',
      rule: '{ ...quote, state }',
      wrong: 'quote',
      row: 'CO-26',
    },
    {
      group: 'CO production',
      breaks: 'the last missing piece can not be started',
      file: production,
      rule: 'missing <= 0',
      wrong: 'missing <= 1',
      row: 'CO-37',
    },
    {
      group: 'CO quality',
      breaks: 'rework is not counted',
      file: production,
      rule: 'state.job.reworkCycle + 1',
      wrong: 'state.job.reworkCycle',
      row: 'CO-51',
    },
    {
      group: 'CO delivery',
      breaks: 'what is to be sent waits for pickup, and the other way round',
      file: production,
      rule: "job.delivery === 'pickup'",
      wrong: "job.delivery !== 'pickup'",
      row: 'CO-53',
    },
    {
      group: 'CO money',
      breaks: 'the lines of an invoice do not say what they are for',
      file: 'domain/invoice/invoice.ts',
      rule: 'line.name',
      wrong: "''",
      row: 'CO-60',
    },
  ],
  order: [
    {
      group: 'DF case 1',
      breaks: 'payment terms are always met',
      file: conditions,
      rule: 'dueBeforeProduction(state) === 0',
      wrong: 'true',
      row: 'DF-07',
    },
    {
      group: 'DF case 2',
      breaks: 'the customer is told the shop’s words',
      file: 'domain/job/template.ts',
      rule: 'template.statuses[status]?.[audience]',
      wrong: 'template.statuses[status]?.shop',
      row: 'DF-16',
    },
    {
      group: 'DF case 3',
      breaks: 'nobody notes that the customer agreed',
      file: 'domain/job/rules/quoting.ts',
      rule: '{ ...changes, agreedAt: now }',
      wrong: '{ ...changes }',
      row: 'DF-29',
    },
    {
      group: 'DF statuses',
      breaks: 'a customer cancels what is being made',
      file: 'domain/job/template.ts',
      rule: 'template.customerMayCancel.includes(cancelsFrom)',
      wrong: 'true',
      row: 'DF-50',
    },
    {
      group: 'DF mails',
      breaks: 'the shop is told of no change',
      file: 'domain/mail/mail-settings.ts',
      rule: 'row.to[audience]?.on.includes(template) ?? false',
      wrong: "audience === 'customer'",
      row: 'DF-65',
    },
  ],
  custom: [
    {
      group: 'JT workflow',
      breaks: 'a held piece can not be resumed anywhere',
      file: 'domain/job/rules/course.ts',
      rule: 'unsaid || state.template.resumesAnywhere',
      wrong: 'unsaid',
      row: 'JT-28',
    },
    {
      group: 'JT fields',
      breaks: 'nobody has to promise a date',
      file: 'domain/job/create.ts',
      rule: 'template.needsPromise && promisedDate === undefined',
      wrong: 'false',
      row: 'JT-33',
    },
    {
      group: 'JT vendor',
      breaks: 'nobody knows which vendor was asked',
      file: 'domain/job/rules/vendor.ts',
      rule: '{ vendor: { ...vendor, toldAt: now }, vendorPrice: undefined }',
      wrong: '{ vendorPrice: undefined }',
      row: 'JT-21',
    },
    {
      group: 'JT quoting',
      breaks: 'work begins without a price',
      file: production,
      rule: "job.quote && ['draft', 'approved'].includes(job.quote.state)",
      wrong: 'true',
      row: 'JT-50',
    },
  ],
} satisfies Record<string, readonly Fault[]>;
export type FaultsOf = keyof typeof faults;
