import * as routes from '#contract/routes/documents.ts';
import type { StoredLetterhead } from '#domain/document/letterhead.ts';
import { commit, ConflictError } from '../../adapters/dynamo/commit.ts';
import { loadLetterhead, putLetterhead } from '../../adapters/dynamo/repositories/documents.ts';
import { keys, writeObject } from '../../adapters/s3/files.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { letterheadView } from './letterhead-view.ts';
import { readLogo } from './read-logo.ts';

const stale = (version: number) =>
  new ApiError(
    'stale',
    `The letterhead is at version ${version} by now. Load it again and repeat your change.`,
    'If-Match',
  );

export const replaceLetterhead = implement(routes.replaceLetterhead, async ({ caller, body, ifMatch }) => {
  const { t } = inShop(caller);
  const current = await loadLetterhead(t);
  if (current.version !== ifMatch) throw stale(current.version);
  const { logo: given, ...fields } = body;
  const fresh = typeof given === 'object' ? readLogo(given.contentBase64) : undefined;
  const logo = fresh
    ? { sha256: fresh.sha256, type: fresh.type }
    : given === 'keep'
      ? current.logo
      : undefined;
  const next: StoredLetterhead = { ...fields, version: current.version + 1, ...(logo ? { logo } : {}) };
  // The picture first: no letterhead ever names one that is not there.
  if (fresh)
    await writeObject(t.shopId, keys.logo(t.shopId, fresh.sha256), fresh.content, `image/${fresh.type}`);
  try {
    await commit(t.client, [putLetterhead(t, next)]);
  } catch (error) {
    throw error instanceof ConflictError ? stale(next.version) : error;
  }
  return letterheadView(t, next);
});
