import type { MailRow } from './mail-words.ts';
import { jobMails } from './table/job-mails.ts';
import { moneyMails } from './table/money-mails.ts';
import { quoteMails } from './table/quote-mails.ts';
import { statusMails } from './table/status-mails.ts';
import { vendorMails } from './table/vendor-mails.ts';

/**
 * Who gets a mail about what, and its words: the one table of all mails, DF-53 to DF-71, CO-22, CO-54, CO-58, JT-46 and JT-47.
 * Every status of an order is told to both sides; the other job types tell customers what they wait for and the shop what it has
 * to act on.
 */
export const mailTable: readonly MailRow[] = [
  ...statusMails,
  ...quoteMails,
  ...vendorMails,
  ...moneyMails,
  ...jobMails,
];
