import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sourceSha256 } from './mesh-core-binary.ts';

it('the compiled core belongs to the source beside it', () => {
  const source = readFileSync(new URL('mesh-core.as', import.meta.url));
  expect(createHash('sha256').update(source).digest('hex')).toBe(sourceSha256);
});
