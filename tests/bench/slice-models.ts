import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { readSlices, type Slice, type SupportChoice } from './slices.ts';

const { values } = parseArgs({
  options: {
    models: { type: 'string', multiple: true, default: [] },
    profile: { type: 'string', multiple: true, default: [] },
    supports: { type: 'string', multiple: true, default: ['none'] },
    source: { type: 'string', default: '' },
    out: { type: 'string', default: join(import.meta.dirname, 'slices.jsonl') },
  },
});
if (values.models.length === 0 || values.profile.length === 0) {
  console.error(
    'Usage: node tests/bench/slice-models.ts --models DIR... --profile INI... [--supports none|build-plate|everywhere]... [--source NAME] [--out FILE]\n' +
      'Slices every STL with prusa-slicer and appends time, grams and layers, one line per print; what is there is not sliced again.',
  );
  process.exit(2);
}

const supportOptions: Record<SupportChoice, string[]> = {
  none: ['--support-material=0'],
  'build-plate': [
    '--support-material',
    '--support-material-threshold=50',
    '--support-material-buildplate-only',
  ],
  everywhere: ['--support-material', '--support-material-threshold=50'],
};
const run = promisify(execFile);
const slicer = (await run('prusa-slicer', ['--help'])).stdout.match(/PrusaSlicer-\d+\.\d+\.\d+/)?.[0];
if (!slicer) throw new Error('prusa-slicer does not say its version');

/** The slicer's own words in a file of G-code: estimated time of the normal mode, filament, and layer changes. */
function readAnswers(gcode: string): Pick<Slice, 'seconds' | 'grams' | 'layers'> {
  const time = /; estimated printing time \(normal mode\) = (.*)/.exec(gcode)?.[1] ?? '';
  const unitSeconds: Record<string, number> = { d: 86_400, h: 3600, m: 60, s: 1 };
  let seconds = 0;
  for (const [, count, unit = ''] of time.matchAll(/(\d+)([dhms])/g))
    seconds += Number(count) * (unitSeconds[unit] ?? 0);
  const grams = Number(/; total filament used \[g\] = ([\d.]+)/.exec(gcode)?.[1]);
  const layers = gcode.match(/^;LAYER_CHANGE/gm)?.length ?? 0;
  if (!(seconds > 0 && grams > 0 && layers > 0)) throw new Error('The G-code does not say what it takes');
  return { seconds, grams, layers };
}

const known = await readSlices(values.out);
const done = new Set(known.map((slice) => `${slice.sha256} ${slice.profile} ${slice.supports}`));
const folder = await mkdtemp(join(tmpdir(), 'slices-'));
try {
  for (const supports of values.supports as SupportChoice[]) {
    for (const profile of values.profile) {
      for (const models of values.models) {
        const files = (await readdir(models, { recursive: true }))
          .filter((name) => /\.stl$/i.test(name))
          .sort();
        for (const file of files) {
          const path = join(models, file);
          const sha256 = createHash('sha256')
            .update(await readFile(path))
            .digest('hex');
          const name = basename(profile, '.ini');
          if (done.has(`${sha256} ${name} ${supports}`)) continue;
          done.add(`${sha256} ${name} ${supports}`);
          const gcode = join(folder, 'out.gcode');
          try {
            const options = [
              '--export-gcode',
              '--load',
              profile,
              ...supportOptions[supports],
              '--output',
              gcode,
              path,
            ];
            await run('nice', ['-n', '15', 'prusa-slicer', ...options], { timeout: 240_000, maxBuffer: 1e8 });
            const answers = readAnswers(await readFile(gcode, 'utf8'));
            const slice: Slice = {
              file: relative(models, path),
              source: values.source,
              sha256,
              slicer,
              profile: name,
              supports,
              ...answers,
            };
            await appendFile(values.out, `${JSON.stringify(slice)}\n`);
          } catch (error) {
            console.error(
              `${file} ${name} ${supports}: ${(error as Error).message.split('\n').slice(0, 2).join(' ')}`,
            );
          }
          await rm(gcode, { force: true });
        }
      }
    }
  }
} finally {
  await rm(folder, { recursive: true });
}
