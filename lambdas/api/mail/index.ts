import { shopApiHandler } from '../../http/shop-api.ts';
import { clearMailTrouble } from './clear-mail-trouble.ts';
import { listJobMails } from './list-job-mails.ts';
import { listMailSettings } from './list-mail-settings.ts';
import { listMailTroubles } from './list-mail-troubles.ts';
import { listMessages } from './list-messages.ts';
import { previewMail } from './preview-mail.ts';
import { readMessages } from './read-messages.ts';
import { replaceMailSettings } from './replace-mail-settings.ts';
import { sendTestMail } from './send-test-mail.ts';
import { writeMessage } from './write-message.ts';

/** What is said about jobs, by mail and in their conversations: one Lambda. */
export const handler = shopApiHandler([
  clearMailTrouble,
  listJobMails,
  listMailSettings,
  listMailTroubles,
  listMessages,
  previewMail,
  readMessages,
  replaceMailSettings,
  sendTestMail,
  writeMessage,
]);
