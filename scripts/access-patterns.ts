/** Writes docs/access-patterns.md anew. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { accessPatternsPage } from '#tests/walls/access-patterns.ts';

const file = join(import.meta.dirname, '..', 'docs', 'access-patterns.md');
writeFileSync(file, await format(accessPatternsPage(), { ...(await resolveConfig(file)), filepath: file }));
