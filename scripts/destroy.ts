import { destroyStacks } from './deploy/cdk.ts';
import { emptyBuckets } from './deploy/empty-buckets.ts';
import { stageOr } from './deploy/options.ts';

const usage = `Usage: npm run destroy -- --stage NAME [--set SETTING=VALUE ...]
Removes a stage with everything in it. Of a stage whose name begins with "prod" table, files, people and keys stay.`;

const { stage, settings } = stageOr(usage);
const kept = stage.startsWith('prod');
try {
  if (!kept) console.log(`${await emptyBuckets({}, `kerf-${stage}-`)} objects deleted`);
  await destroyStacks({ settings, onLine: (line) => console.log(line) });
  console.log(
    kept
      ? `Stage ${stage} is down. Its table, buckets, user pool and session key are kept: remove them by hand, if ever.`
      : `Stage ${stage} is gone. The parameters /kerf/${stage}/stripe/* were put there by hand and still stand.`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
