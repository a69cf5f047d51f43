import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Builds the web pages unless what stands was built from these very sources. */
export async function buildPages(root: string): Promise<void> {
  const stamp = join(root, 'web', 'dist', '.built-from');
  const sources = hashOf(root, ['web', 'contract', 'domain']);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  console.log('kerf: building the pages');
  const built = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', 'web', '--logLevel', 'warn'],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  if (built.status !== 0) {
    console.error('kerf: the pages could not be built; the words of the builder are above.');
    process.exit(1);
  }
  writeFileSync(stamp, sources);
}

function hashOf(root: string, folders: string[]): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const folder of folders)
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).sort(
      (a, b) => join(a.parentPath, a.name).localeCompare(join(b.parentPath, b.name)),
    )) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && !path.includes(join('web', 'dist')))
        hash.update(path.slice(root.length)).update(readFileSync(path));
    }
  return hash.digest('hex');
}
