// Starts a script of this folder with its compiled code kept from run to run: reading the TypeScript sources anew takes longer
// and more memory than checking a small model. Usage: node scripts/cached.mjs check-model FILE...
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'compile'));
const [script] = process.argv.splice(2, 1);
await import(`./${script}.ts`);
