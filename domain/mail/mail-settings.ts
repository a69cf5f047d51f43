import type { TemplateName } from '../job/job.ts';
import { shippedTemplates } from '../job/templates/all.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { kindOf, mailAudiences, type MailAudience, type MailKind, type News } from './mail-kinds.ts';
import { isVendors, vendorMailsFor } from './vendor-mail.ts';
import { mailTable } from './mail-table.ts';
import type { MailRow, MailWords } from './mail-words.ts';
import { findUnknownPlaceholder } from './placeholders.ts';

/** What a shop says about one mail; what is left out is as Kerf has it. */
export interface MailChoice {
  kind: MailKind;
  audience: MailAudience;
  send?: boolean;
  subject?: string;
  opening?: string;
}

/** A shop's choices for one job type. Version 0 has none. */
export interface MailSettings {
  version: number;
  choices: readonly MailChoice[];
}

export const noMailSettings: MailSettings = { version: 0, choices: [] };

/** A mail that goes out about some news. */
export interface MailWanted {
  kind: MailKind;
  audience: MailAudience;
  copied: boolean;
}

/** The shop first. */
export const audiencesOf = ({ to }: MailRow): MailAudience[] =>
  mailAudiences.filter((audience) => audience in to);

const happensIn = ({ kind, in: given }: MailRow, template: TemplateName): boolean =>
  given?.includes(template) ?? kind in shippedTemplates[template].statuses;

/** The mails that a job type can send. */
export const mailsOf = (template: TemplateName): readonly MailRow[] =>
  mailTable.filter((row) => happensIn(row, template));

const choiceOf = (
  { choices }: MailSettings,
  kind: MailKind,
  audience: MailAudience,
): MailChoice | undefined => choices.find((each) => each.kind === kind && each.audience === audience);

/** Whether a mail goes out in a job type. */
export const isSent = (
  row: MailRow,
  audience: MailAudience,
  template: TemplateName,
  settings: MailSettings,
): boolean =>
  choiceOf(settings, row.kind, audience)?.send ?? row.to[audience]?.on.includes(template) ?? false;

/** Who is mailed about some news of a job of this type. Who wrote a message gets no mail of it. */
export function mailsFor(news: News, template: TemplateName, settings: MailSettings): MailWanted[] {
  const rowOf = (kind: MailKind | undefined) => mailsOf(template).find((each) => each.kind === kind);
  const row = rowOf(kindOf(news));
  const { addressee } = news.data;
  const told = (row ? audiencesOf(row) : [])
    .filter((audience) => !isVendors(audience))
    .filter((audience) => row!.kind !== 'message.written' || audience === addressee)
    .map((audience) => ({ row: row!, audience }));
  const toVendors = vendorMailsFor(news).flatMap(({ kind, audience }) => {
    const own = rowOf(kind);
    return own ? [{ row: own, audience }] : [];
  });
  return [...told, ...toVendors]
    .filter((each) => isSent(each.row, each.audience, template, settings))
    .map(({ row: { kind, copied }, audience }) => ({
      kind,
      audience,
      copied: copied === true && audience === 'customer',
    }));
}

/** A mail's words: the shop's own where it has some. @throws when nobody of this audience gets such a mail */
export function wordsOf(kind: MailKind, audience: MailAudience, settings: MailSettings): MailWords {
  const words = mailTable.find((row) => row.kind === kind)?.to[audience];
  if (!words) throw new Error(`There is no mail "${kind}" to the ${audience}`);
  const { subject = words.subject, opening = words.opening } = choiceOf(settings, kind, audience) ?? {};
  return { ...words, subject, opening };
}

/** What is wrong with a shop's choices; `field` names the choice by its place. */
export function findMailFault(template: TemplateName, choices: readonly MailChoice[]): Refusal | undefined {
  const rows = mailsOf(template);
  const seen = new Set<string>();
  for (const [index, { kind, audience, subject = '', opening = '' }] of choices.entries()) {
    const at = `choices.${index}`;
    if (!rows.some((row) => row.kind === kind && audience in row.to))
      return refuse('invalid', `There is no mail "${kind}" to the ${audience} here.`, at);
    if (seen.has(`${kind} ${audience}`))
      return refuse('invalid', `The mail "${kind}" to the ${audience} is there twice.`, at);
    seen.add(`${kind} ${audience}`);
    const unknown =
      findUnknownPlaceholder(subject, `${at}.subject`) ?? findUnknownPlaceholder(opening, `${at}.opening`);
    if (unknown) return unknown;
  }
  return undefined;
}
