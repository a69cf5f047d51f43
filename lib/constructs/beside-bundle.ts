import { basename } from 'node:path';
import type { ICommandHooks } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { FunctionSpec } from '#contract/functions.ts';

/** Compiled libraries also ask for the folder they lie in. */
const threadBanner =
  "import{createRequire as __cr}from'node:module';import{fileURLToPath as __fp}from'node:url';" +
  "const require=__cr(import.meta.url),__filename=__fp(import.meta.url),__dirname=__fp(new URL('.',import.meta.url));";

/** Commands that put a function's threads and the files they read beside its bundle. */
export function besideBundle({ threads, packageFiles }: NonNullable<FunctionSpec['beside']>): ICommandHooks {
  return {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (inputDir, outputDir) => [
      ...threads.map(
        (entry) =>
          `"${inputDir}/node_modules/esbuild/bin/esbuild" "${inputDir}/${entry}" --bundle --platform=node --target=node24 ` +
          `--format=esm --main-fields=module,main --minify --keep-names --banner:js="${threadBanner}" ` +
          `--outfile="${outputDir}/${basename(entry, '.ts')}.mjs"`,
      ),
      ...packageFiles.map((file) => `cp "${inputDir}/node_modules/${file}" "${outputDir}/"`),
    ],
  };
}
