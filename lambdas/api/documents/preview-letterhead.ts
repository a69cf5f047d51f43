import * as routes from '#contract/routes/documents.ts';
import { letterheadOf, type Logo } from '#domain/document/letterhead.ts';
import { sampleQuote } from '#domain/document/sample-quote.ts';
import { isRefusal } from '#domain/refusal.ts';
import { now } from '../../adapters/clock.ts';
import { loadLetterhead } from '../../adapters/dynamo/repositories/documents.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { renderPdf, type Picture } from '../../adapters/pdf/render-pdf.ts';
import { downloadUrl, downloadUrlEnds, keys, readWhole, writePdf } from '../../adapters/s3/files.ts';
import { environment } from '../../env.ts';
import { refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { readLogo } from './read-logo.ts';

const { PUBLIC_URL } = environment('PUBLIC_URL');

export const previewLetterhead = implement(routes.previewLetterhead, async ({ caller, body }) => {
  const { t } = inShop(caller);
  const { logo: given, ...fields } = body;
  const [shop, current] = await Promise.all([loadShop(t), loadLetterhead(t)]);
  const logo =
    typeof given === 'object'
      ? readLogo(given.contentBase64)
      : given === 'keep'
        ? await storedLogo(t, current.logo)
        : undefined;
  const letterhead = letterheadOf(shop, { ...fields, version: current.version });
  const model = sampleQuote(letterhead, shop.currency, `${PUBLIC_URL}/p/${shop.slug}`, now());
  if (isRefusal(model)) throw refused(model);
  const content = await renderPdf([model], logo);
  const objectKey = keys.letterheadSample(t.shopId);
  await writePdf(t.shopId, objectKey, content, 'Sample-quote.pdf');
  return { url: await downloadUrl(t.shopId, objectKey), expiresAt: downloadUrlEnds() };
});

async function storedLogo({ shopId }: Tenant, logo: Logo | undefined): Promise<Picture | undefined> {
  const content = logo && (await readWhole(shopId, keys.logo(shopId, logo.sha256)));
  return content && logo ? { type: logo.type, content } : undefined;
}
