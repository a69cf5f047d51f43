/** Bundled ES modules still hold CommonJS that calls `require` for Node's own modules and asks for its own folder. */
const commonJsForEsm =
  "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);const __dirname=import.meta.dirname;";

/** How a function becomes one file. What Lambda's runtime brings stays outside. */
export const bundling = {
  target: 'node24',
  mainFields: ['module', 'main'],
  externalModules: ['@aws-sdk/*', '@smithy/*'],
  banner: commonJsForEsm,
  alias: { jsonschema: './lib/constructs/trusted-models.ts' },
  // Stack traces have their names from the source maps.
  minify: true,
} as const;
