/** The mails SES accepted, kept instead of sent. */
import { randomUUID } from 'node:crypto';
import type { MimeAttachment, MimeHeader } from './mime.ts';
import type { Store } from '../engine/store.ts';

export interface SentMail {
  /** Counts up in order of acceptance; the cursor of listings. */
  sequence: number;
  messageId: string;
  /** ISO 8601 */
  sentAt: string;
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  replyTo: string[];
  subject: string;
  text: string | null;
  html: string | null;
  headers: MimeHeader[];
  attachments: { filename: string; contentType: string; bytes: number }[];
  /** SES EmailTags, by name. */
  tags: Record<string, string>;
  configurationSet: string | null;
}

export type NewMail = Omit<SentMail, 'sequence' | 'attachments'> & { attachments: MimeAttachment[] };

export interface Mailbox {
  /** Newest first; `to` picks one recipient's (to, cc or bcc), `after` those with a greater sequence. */
  list(filter?: { to?: string; after?: number; limit?: number }): SentMail[];
  get(messageId: string): SentMail | undefined;
  /** Content of the n-th attachment (from 0). */
  attachment(messageId: string, index: number): MimeAttachment | undefined;
  add(mail: NewMail): SentMail;
}

/** `Ann <ann@x.org>` -> `ann@x.org`. */
export const bareAddress = (address: string): string =>
  (/<([^<>]*)>\s*$/.exec(address)?.[1] ?? address).trim().toLowerCase();

/** Opens the mailbox kept in `store`. */
export function mailbox(store: Store): Mailbox {
  store.exec(`
    CREATE TABLE IF NOT EXISTS mails (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL UNIQUE, content TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS mail_recipients (
      address TEXT NOT NULL, sequence INTEGER NOT NULL REFERENCES mails, PRIMARY KEY (address, sequence)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS mail_attachments (
      sequence INTEGER NOT NULL REFERENCES mails, position INTEGER NOT NULL, filename TEXT NOT NULL,
      content_type TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (sequence, position));`);
  const toMail = (row: Record<string, unknown>): SentMail => ({
    ...(JSON.parse(row['content'] as string) as SentMail),
    sequence: row['sequence'] as number,
  });
  return {
    list({ to, after = 0, limit = 100 } = {}) {
      const rows =
        to === undefined
          ? store
              .prepare('SELECT * FROM mails WHERE sequence > ? ORDER BY sequence DESC LIMIT ?')
              .all(after, limit)
          : store
              .prepare(
                `SELECT mails.* FROM mails JOIN mail_recipients USING (sequence)
                 WHERE address = ? AND sequence > ? ORDER BY sequence DESC LIMIT ?`,
              )
              .all(bareAddress(to), after, limit);
      return rows.map(toMail);
    },
    get(messageId) {
      const row = store.prepare('SELECT * FROM mails WHERE message_id = ?').get(messageId);
      return row && toMail(row);
    },
    attachment(messageId, index) {
      const row = store
        .prepare(
          `SELECT a.* FROM mail_attachments a JOIN mails USING (sequence) WHERE message_id = ? AND position = ?`,
        )
        .get(messageId, index);
      return (
        row && {
          filename: row['filename'] as string,
          contentType: row['content_type'] as string,
          content: Buffer.from(row['content'] as Uint8Array),
        }
      );
    },
    add({ attachments, ...mail }) {
      const described = attachments.map(({ filename, contentType, content }) => ({
        filename,
        contentType,
        bytes: content.length,
      }));
      const content = { ...mail, attachments: described };
      const inserted = store
        .prepare('INSERT INTO mails (message_id, content) VALUES (?, ?)')
        .run(mail.messageId, JSON.stringify(content));
      const sequence = Number(inserted.lastInsertRowid);
      const recipients = new Set([...mail.to, ...mail.cc, ...mail.bcc].map(bareAddress));
      for (const address of recipients)
        store.prepare('INSERT INTO mail_recipients (address, sequence) VALUES (?, ?)').run(address, sequence);
      for (const [position, { filename, contentType, content: bytes }] of attachments.entries())
        store
          .prepare('INSERT INTO mail_attachments VALUES (?, ?, ?, ?, ?)')
          .run(sequence, position, filename, contentType, bytes);
      return { ...content, sequence };
    },
  };
}

/** A mail that another embedded service sends itself, such as a user pool's code. */
export const plainMail = (
  from: string,
  to: string,
  subject: string,
  text: string,
  sentAt: Date,
): NewMail => ({
  messageId: randomUUID(),
  sentAt: sentAt.toISOString(),
  from,
  to: [to],
  cc: [],
  bcc: [],
  replyTo: [],
  subject,
  text,
  html: null,
  headers: [],
  attachments: [],
  tags: {},
  configurationSet: null,
});
