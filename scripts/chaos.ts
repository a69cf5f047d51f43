import { parseArgs } from 'node:util';
import { storm } from '../tests/chaos/storm.ts';
import { stories } from '../tests/chaos/stories.ts';

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '1000' },
    lanes: { type: 'string', default: '8' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    'kill-every': { type: 'string', default: '30' },
  },
});
const began = Date.now();
try {
  const { faults, ...result } = await storm({
    stories,
    jobs: Number(values.jobs),
    lanes: Number(values.lanes),
    seed: Number(values.seed),
    killEverySeconds: Number(values['kill-every']),
    progress: (line) => console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(6)} s  ${line}`),
  });
  console.log(`\nseed ${values.seed}: every job ended as decided, each mail, charge and print is there once`);
  for (const [what, count] of Object.entries({ ...result, seconds: Math.round(result.seconds) }))
    console.log(`${String(count).padStart(8)}  ${what}`);
  console.log('\nFaults planted since the last kill');
  for (const [what, count] of Object.entries(faults)) console.log(`${String(count).padStart(8)}  ${what}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
