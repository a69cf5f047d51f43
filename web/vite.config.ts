import { pathToFileURL } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { opensToSupport, type Route } from '../contract/route.ts';

/**
 * Pages need of a route what travels in a URL and who may call; its zod schemas are of use to them as types only. So the modules
 * of `contract/routes` are replaced by their plain data, and no schema and no zod reaches a browser.
 */
const routesAsData: Plugin = {
  name: 'routes-as-data',
  enforce: 'pre',
  async load(id) {
    if (!/\/contract\/routes\/[a-z]+\.ts$/.test(id)) return undefined;
    const module = (await import(pathToFileURL(id).href)) as Record<string, unknown>;
    return Object.entries(module)
      .filter((entry): entry is [string, Route] => isRoute(entry[1]))
      .map(([name, route]) => {
        const { id, method, path, callers, idempotent, versioned } = route;
        const closedToSupport = !opensToSupport(route);
        const data = { id, method, path, callers, idempotent, versioned, closedToSupport };
        return `export const ${name} = ${JSON.stringify(data)};`;
      })
      .join('\n');
  },
};

const isRoute = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'path' in value && 'context' in value;

export default defineConfig({
  plugins: [routesAsData, react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The first ones that know light-dark(): it follows the scheme that is set, a rewritten one would not.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    rollupOptions: {
      input: {
        index: `${import.meta.dirname}/index.html`,
        portal: `${import.meta.dirname}/portal.html`,
      },
    },
  },
});
