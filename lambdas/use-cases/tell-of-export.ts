import type { ShopExport } from '#domain/shop/shop-export.ts';
import { loadShop } from '../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { sendMail } from '../adapters/mail/send.ts';
import { environment } from '../env.ts';

const { PUBLIC_URL } = environment('PUBLIC_URL');

/** Mails whoever asked for the export that it is there, or that it could not be made. The files are fetched in the back office. */
export async function tellOfExport(
  t: Tenant,
  { state, askedBy, expiresAt = '' }: Pick<ShopExport, 'state' | 'askedBy' | 'expiresAt'>,
): Promise<void> {
  const { name } = await loadShop(t);
  const url = `${PUBLIC_URL}/settings/data`;
  const [subject, says] =
    state === 'ready'
      ? [
          'Your export is ready',
          `Everything of ${name} lies ready to be saved, until ${expiresAt.slice(0, 10)}.`,
        ]
      : [
          'Your export could not be made',
          `The export of ${name} failed. Ask for another one; we look at it.`,
        ];
  const escaped = says.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  await sendMail({
    to: askedBy.email,
    fromName: 'Kerf',
    subject,
    text: `${says}\n${url}`,
    html: `<p>${escaped}</p><p><a href="${url}">${url}</a></p>`,
  });
}
