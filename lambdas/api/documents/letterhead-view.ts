import type { LetterheadView } from '#contract/routes/documents.ts';
import type { StoredLetterhead } from '#domain/document/letterhead.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { downloadUrl, keys } from '../../adapters/s3/files.ts';

export async function letterheadView(
  { shopId }: Tenant,
  { logo, ...rest }: StoredLetterhead,
): Promise<LetterheadView> {
  return {
    ...rest,
    ...(logo ? { logo: { url: await downloadUrl(shopId, keys.logo(shopId, logo.sha256)) } } : {}),
  };
}
