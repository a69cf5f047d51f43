import { answer, everywhere, open, pieces, say, type MailRow } from '../mail-words.ts';

/** To the vendor of a job, and to one whose place another has taken. */
const noLongerNeeded = say(
  pieces,
  'No longer needed: {job_type} #{plain_number} - {title}',
  '{shop} does not need this from you any more. Please stop work on it. Thank you.',
  '',
);

/** Mails to and about a vendor who works on a job. */
export const vendorMails: readonly MailRow[] = [
  {
    kind: 'vendor.asked',
    title: 'Question to a vendor',
    in: pieces,
    to: {
      vendor: say(
        pieces,
        'Quote request for {job_type} #{plain_number} - {title}',
        '{shop} asks for your price and the day it can be ready. {message}',
        answer,
      ),
    },
  },
  {
    kind: 'vendor.reminder_due',
    title: 'Reminder to a vendor',
    in: pieces,
    to: {
      vendor: say(
        pieces,
        'Reminder: Quote request for {job_type} #{plain_number} - {title}',
        '{shop} still waits for your price.',
        answer,
      ),
      shop: say(pieces, '{vendor} has not answered about {number}', 'They have been reminded.', open),
    },
  },
  {
    kind: 'vendor.recalled',
    title: 'Question to a vendor taken back',
    in: pieces,
    to: {
      vendor: noLongerNeeded,
      former_vendor: noLongerNeeded,
    },
  },
  {
    kind: 'vendor.go_ahead',
    title: 'Go ahead to a vendor',
    in: pieces,
    to: {
      vendor: say(
        pieces,
        'Go ahead: {job_type} #{plain_number} - {title}',
        '{shop} asks you to begin.',
        'See the specification',
      ),
    },
  },
  {
    kind: 'vendor.order',
    title: 'Purchase order to a vendor',
    in: everywhere,
    to: {
      vendor: say(
        everywhere,
        'Purchase order {invoice} from {shop}',
        '{shop} orders from you. The purchase order is behind this link, as a PDF.',
        'Open the purchase order',
      ),
    },
  },
  {
    kind: 'vendor.drawing_added',
    title: 'A vendor’s drawing',
    in: pieces,
    to: { shop: say(pieces, 'A drawing for {number} from {vendor}', 'It waits on the job.', open) },
  },
  {
    kind: 'vendor.priced',
    title: 'A vendor’s price',
    in: pieces,
    to: { shop: say(pieces, "A vendor's price for {number}", '{vendor} has named a price: {amount}.', open) },
  },
  {
    kind: 'vendor.declined',
    title: 'A vendor declined',
    in: pieces,
    to: { shop: say(pieces, '{vendor} declined {number}', '"{reason}"', open) },
  },
];
