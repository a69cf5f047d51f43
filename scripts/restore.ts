/** Puts back what a shop has lost, from an export that its owner or Kerf has kept. See docs/operations/restore-rows.md. */
import { parseArgs } from 'node:util';
import { openPlatform, whereOf } from './platform/platform.ts';
import { openExport } from './restore/open-export.ts';
import { restoreShop, type Restored } from './restore/restore-shop.ts';

const usage =
  'Usage: npm run restore -- --export FOLDER --shop ID (--stage NAME | --data FOLDER) [--apply] [--overwrite]';

const shown = 20;
const counted = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([entity, count]) => `${entity} ${count}`)
    .join(', ');
const total = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

function report({
  missing,
  differing,
  sound,
  missingObjects,
  leftOut,
  gaps,
  writtenRows,
  writtenObjects,
}: Restored) {
  const lines = [
    `as they should be   ${sound} rows`,
    `missing             ${total(missing)} rows${total(missing) === 0 ? '' : ` (${counted(missing)})`}, ${missingObjects.length} files`,
    `different           ${differing.length} rows`,
    ...differing.slice(0, shown).map(({ key, fields }) => `  ${key}: ${fields.join(', ')}`),
    ...(differing.length > shown ? [`  and ${differing.length - shown} more`] : []),
    `not restored        ${leftOut.length} things of the export`,
    ...leftOut.slice(0, shown).map((why) => `  ${why}`),
    ...(leftOut.length > shown ? [`  and ${leftOut.length - shown} more`] : []),
    ...(gaps.length === 0
      ? []
      : [
          `not in the log      ${gaps.length} numbers from ${gaps[0]} to ${gaps.at(-1)}: readers stop there. Put those events back from a copy of the table.`,
        ]),
    `written             ${writtenRows} rows, ${writtenObjects} files`,
  ];
  console.log(lines.join('\n'));
}

try {
  const { values } = parseArgs({
    options: {
      export: { type: 'string' },
      shop: { type: 'string' },
      stage: { type: 'string' },
      data: { type: 'string' },
      apply: { type: 'boolean', default: false },
      overwrite: { type: 'boolean', default: false },
    },
  });
  if (!values.export || !values.shop) throw new Error(usage);
  const platform = await openPlatform(whereOf(values));
  const exported = await openExport(values.export);
  if (exported.shop.id !== values.shop)
    throw new Error(
      `This is the export of ${exported.shop.name} (${exported.shop.id}), not of ${values.shop}.`,
    );
  console.log(`${exported.shop.name}, exported ${exported.madeAt}`);
  const { apply, overwrite } = values;
  const restored = await restoreShop(platform, exported, { apply, overwrite, now: new Date().toISOString() });
  report(restored);
  if (!apply)
    console.log('Nothing was written. Repeat it with --apply; --overwrite also replaces what is different.');
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
