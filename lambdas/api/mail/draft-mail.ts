import type { BodyOf } from '#contract/route.ts';
import type * as routes from '#contract/routes/mail.ts';
import { mailsOf, wordsOf } from '#domain/mail/mail-settings.ts';
import { findUnknownPlaceholder } from '#domain/mail/placeholders.ts';
import { sampleFacts, sampleJob, sampleLines } from '#domain/mail/sample.ts';
import { writeMail, type WrittenMail } from '#domain/mail/write-mail.ts';
import { now } from '../../adapters/clock.ts';
import { loadJob } from '../../adapters/dynamo/repositories/jobs.ts';
import { loadMailSettings } from '../../adapters/dynamo/repositories/mail-settings.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { loadTemplates } from '../../adapters/dynamo/repositories/templates.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { environment } from '../../env.ts';
import { ApiError, refused } from '../../http/problem.ts';
import { linesOf } from '../../use-cases/mail-letter.ts';

const { PUBLIC_URL } = environment('PUBLIC_URL');

/** A mail as it would read, about a job of the shop or a made-up one. @throws ApiError naming the field */
export async function draftMail(t: Tenant, body: BodyOf<typeof routes.previewMail>): Promise<WrittenMail> {
  const { template: name, kind, audience, jobId } = body;
  if (!mailsOf(name).some((row) => row.kind === kind && audience in row.to))
    throw new ApiError('invalid_request', `There is no mail "${kind}" to the ${audience} here.`, 'kind');
  const loaded = jobId === undefined ? undefined : await loadJob(t, jobId);
  if (jobId !== undefined && loaded?.job.template !== name)
    throw new ApiError('invalid_request', `Choose a job of the shop of the type "${name}".`, 'jobId');
  const [shop, templates, settings] = await Promise.all([
    loadShop(t),
    loadTemplates(t),
    loadMailSettings(t, name),
  ]);
  const { template } = templates[name];
  const words = wordsOf(kind, audience, settings);
  const subject = body.subject ?? words.subject;
  const opening = body.opening ?? words.opening;
  const unknown = findUnknownPlaceholder(subject, 'subject') ?? findUnknownPlaceholder(opening, 'opening');
  if (unknown) throw refused(unknown);
  const job = loaded?.job ?? sampleJob(template, shop, now());
  return writeMail({
    kind,
    audience,
    shop,
    job,
    template,
    facts: sampleFacts(kind, template, job),
    words: { subject, opening, button: words.button },
    lines: loaded ? await linesOf(t, loaded) : sampleLines,
    ...(audience === 'vendor' ? {} : { url: `${PUBLIC_URL}/` }),
  });
}
