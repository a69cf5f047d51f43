/** The pages where a laptop's user reads the mails Kerf would have sent. */
import type { Mailbox, SentMail } from './mailbox.ts';

export interface PageResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

const ROOT = '/_local/mail';

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d8dce2, #3a3f47); --dim: light-dark(#5b6470, #a3abb6);
  --link: light-dark(#0b5cad, #7db8f5); --back: light-dark(#fff, #16181c); --soft: light-dark(#f4f6f8, #1f2227); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem; background: var(--back);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; }
a { color: var(--link); }
form { display: flex; gap: .5rem; flex-wrap: wrap; margin-bottom: 1rem; align-items: center; }
input, button { font: inherit; padding: .35rem .7rem; border: 1px solid var(--line); border-radius: .4rem;
  background: var(--soft); color: inherit; min-width: 0; }
input { flex: 1 1 8rem; max-width: 24rem; }
ul.mails { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
ul.mails a { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .6rem .4rem; text-decoration: none;
  color: inherit; border-bottom: 1px solid var(--line); }
ul.mails a:hover { background: var(--soft); }
ul.mails strong { overflow-wrap: anywhere; }
.dim { color: var(--dim); font-size: .9rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0 0 1rem; }
dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
iframe { width: 100%; height: 32rem; border: 1px solid var(--line); border-radius: .4rem; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--soft); padding: 1rem; border-radius: .4rem;
  font: .95rem/1.5 ui-monospace, monospace; }
`;

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Plain text with its web addresses made links. */
const linked = (text: string): string =>
  text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]])/)
    .map((piece, index) =>
      index % 2 === 1
        ? `<a href="${escapeHtml(piece)}" target="_blank" rel="noreferrer">${escapeHtml(piece)}</a>`
        : escapeHtml(piece),
    )
    .join('');

function page(status: number, title: string, content: string): PageResponse {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>${content}</main></body></html>`,
  };
}

function json(status: number, value: unknown): PageResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(value),
  };
}

const mailPath = (mail: SentMail) => `${ROOT}/${encodeURIComponent(mail.messageId)}`;
const time = (mail: SentMail) =>
  `<time datetime="${mail.sentAt}">${mail.sentAt.slice(0, 16).replace('T', ' ')} UTC</time>`;

function listPage(box: Mailbox, to: string | undefined): PageResponse {
  const mails = box.list(to === undefined ? {} : { to });
  const items = mails.map(
    (mail) => `<li><a href="${mailPath(mail)}"><strong>${escapeHtml(mail.subject || '(no subject)')}</strong>
      <span class="dim">${time(mail)}</span>
      <span class="dim">to ${escapeHtml([...mail.to, ...mail.cc, ...mail.bcc].join(', '))}</span></a></li>`,
  );
  const empty =
    to === undefined
      ? 'No mail yet. What Kerf sends to members, customers and vendors appears here instead of leaving this machine.'
      : `No mail to ${to}.`;
  return page(
    200,
    'Mailbox',
    `<h1>Mailbox</h1>
    <form method="get" action="${ROOT}"><label for="to">Recipient</label>
      <input id="to" name="to" type="email" value="${escapeHtml(to ?? '')}"><button>Show</button>
      ${to === undefined ? '' : `<a href="${ROOT}">All mails</a>`}</form>
    ${items.length > 0 ? `<ul class="mails">${items.join('')}</ul>` : `<p>${escapeHtml(empty)}</p>`}`,
  );
}

function mailPage(mail: SentMail): PageResponse {
  const row = (name: string, value: string) =>
    value === '' ? '' : `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`;
  const attachments = mail.attachments.map(
    ({ filename, bytes }, index) =>
      `<li><a href="${mailPath(mail)}/attachments/${index}">${escapeHtml(filename)}</a> <span class="dim">${(bytes / 1024).toFixed(1)} KB</span></li>`,
  );
  const headers = mail.headers.map(({ name, value }) => row(escapeHtml(name), value)).join('');
  return page(
    200,
    mail.subject || 'Mail',
    `<p><a href="${ROOT}">Mailbox</a></p><h1>${escapeHtml(mail.subject || '(no subject)')}</h1>
    <dl>${row('From', mail.from)}${row('To', mail.to.join(', '))}${row('Cc', mail.cc.join(', '))}
      ${row('Bcc', mail.bcc.join(', '))}${row('Reply to', mail.replyTo.join(', '))}<dt>Sent</dt><dd>${time(mail)}</dd></dl>
    ${attachments.length > 0 ? `<h2>Attachments</h2><ul>${attachments.join('')}</ul>` : ''}
    ${mail.html === null ? '' : `<iframe title="Mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" src="${mailPath(mail)}/html"></iframe>`}
    ${mail.text === null ? '' : `<h2>Text</h2><pre>${linked(mail.text)}</pre>`}
    <details><summary>Headers and tags</summary><dl>${headers}
      ${Object.entries(mail.tags)
        .map(([name, value]) => row(escapeHtml(`tag ${name}`), value))
        .join('')}${row('Message id', mail.messageId)}</dl></details>`,
  );
}

/** In the head where there is one: before a doctype it would switch the browser to quirks mode. */
function withLinkTarget(html: string): string {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + base) : base + html;
}

/** The mail's own HTML: no scripts, no remote content, links open a new tab. */
function htmlBody(mail: SentMail): PageResponse {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    },
    body: withLinkTarget(mail.html ?? ''),
  };
}

const notFound = () =>
  page(404, 'Not found', `<h1>There is no such mail</h1><p><a href="${ROOT}">Mailbox</a></p>`);

/**
 * Answers GET of `/_local/mail` (list, `?to=` filters), `/_local/mail/<message id>` (one mail), and
 * `/_local/mail.json?to=&after=<sequence>&limit=100` (`{mails: SentMail[]}`, newest first).
 */
export function handleMailbox(box: Mailbox, path: string, query: URLSearchParams): PageResponse {
  const to = query.get('to') || undefined;
  if (path === `${ROOT}.json`) {
    const after = Number(query.get('after') ?? 0);
    if (!Number.isSafeInteger(after) || after < 0)
      return json(400, { message: '"after" must be the sequence of a mail, a whole number.' });
    const limit = Number(query.get('limit') ?? 100);
    if (!Number.isSafeInteger(limit) || limit < 1)
      return json(400, { message: '"limit" must be a whole number from 1.' });
    return json(200, { mails: box.list({ after, limit, ...(to === undefined ? {} : { to }) }) });
  }
  if (path === ROOT || path === `${ROOT}/`) return listPage(box, to);
  const match = /^\/_local\/mail\/([\w-]+)(?:\/(html)|\/attachments\/(\d{1,4}))?$/.exec(path);
  const mail = match?.[1] === undefined ? undefined : box.get(match[1]);
  if (!match || !mail) return notFound();
  if (match[2] === 'html') return htmlBody(mail);
  if (match[3] === undefined) return mailPage(mail);
  const attachment = box.attachment(mail.messageId, Number(match[3]));
  if (!attachment) return notFound();
  return {
    status: 200,
    headers: {
      'content-type': attachment.contentType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(attachment.filename)}`,
      'x-content-type-options': 'nosniff',
    },
    body: attachment.content,
  };
}
