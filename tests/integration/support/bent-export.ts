import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

export interface BentLine {
  entity: string;
  row: Record<string, unknown>;
}
interface Manifest {
  shop: { id: string; name: string; slug: string };
  volumes: { name: string; bytes: number; sha256: string }[];
}

/** A copy of an export as its owner could bend it: other lines, another manifest, and checksums that are right. */
export function bentExport(
  folder: string,
  {
    line = (each) => each,
    shop = (each) => each,
  }: {
    line?: (line: BentLine) => BentLine | BentLine[];
    shop?: (shop: Manifest['shop']) => Manifest['shop'];
  },
): string {
  const bent = mkdtempSync(`${folder}-bent`);
  cpSync(folder, bent, { recursive: true });
  const said = JSON.parse(readFileSync(join(bent, 'manifest.json'), 'utf8')) as Manifest;
  for (const volume of said.volumes) {
    const file = join(bent, volume.name);
    if (!volume.name.endsWith('.gz')) continue;
    const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
    const other = lines.flatMap((text) => line(JSON.parse(text) as BentLine));
    const content = gzipSync(other.map((each) => `${JSON.stringify(each)}\n`).join(''));
    writeFileSync(file, content);
    volume.bytes = content.length;
    volume.sha256 = createHash('sha256').update(content).digest('hex');
  }
  said.shop = shop(said.shop);
  writeFileSync(join(bent, 'manifest.json'), JSON.stringify(said));
  return bent;
}
