import { mkdtempSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askExport, getExportLinks, listExports } from '#contract/routes/exports.ts';
import type { Call } from '#contract/client.ts';
import { until } from '../../../scripts/walk/instance.ts';

/** The owner asks for an export and saves its files into a folder of their own. */
export async function savedExport(owner: Call): Promise<string> {
  const { id: exportId } = await owner(askExport, {});
  await until('the export', async () =>
    (await owner(listExports, {})).exports.find(({ id, state }) => id === exportId && state === 'ready'),
  );
  const folder = mkdtempSync(join(tmpdir(), 'kerf-export-'));
  const { manifestUrl, files } = await owner(getExportLinks, { params: { exportId } });
  for (const { name, url } of [{ name: 'manifest.json', url: manifestUrl }, ...files])
    await writeFile(join(folder, name), Buffer.from(await (await fetch(url)).arrayBuffer()));
  return folder;
}
