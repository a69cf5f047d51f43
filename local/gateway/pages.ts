import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.map': 'application/json',
};

/** Serves the built pages as the CDN does: files by name, `/p/...` the portal, everything else the shop's app. */
export async function servePage(folder: string, path: string, response: ServerResponse): Promise<void> {
  const wanted = normalize(join(folder, decodeURIComponent(path)));
  const inside = wanted.startsWith(folder + sep);
  const isFile = inside && extname(wanted) !== '' && (await stat(wanted).catch(() => undefined))?.isFile();
  const file = isFile ? wanted : join(folder, path.startsWith('/p/') ? 'portal.html' : 'index.html');
  if (!(await stat(file).catch(() => undefined))) {
    response
      .writeHead(503, { 'content-type': 'text/plain; charset=utf-8' })
      .end('The pages are not built. Run `npm start`.\n');
    return;
  }
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  createReadStream(file).pipe(response);
}
