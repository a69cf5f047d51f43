import { existsSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../scripts/steps.ts';
import { writeAsciiTorus, writeBinaryTori } from './made-models.ts';
import { isInstalled, measureProcess, type Measured } from './processes.ts';

const mostSeconds = 300;

interface Tool {
  name: string;
  command: string;
  args: (path: string) => string[];
}

const ours = join(root, 'scripts', 'cached.mjs');
const kerf: Tool = {
  name: 'kerf --quick',
  command: process.execPath,
  args: (path) => [ours, 'check-model', path, '--json', '--quick'],
};
const kerfWhole: Tool = {
  name: 'kerf',
  command: process.execPath,
  args: (path) => [ours, 'check-model', path, '--json'],
};
const peers: Tool[] = [
  { name: 'admesh -e', command: 'admesh', args: (path) => ['-e', path] },
  { name: 'prusa-slicer --info', command: 'prusa-slicer', args: (path) => ['--info', path] },
  { name: 'assimp info', command: 'assimp', args: (path) => ['info', path] },
];

interface Model {
  name: string;
  make: (path: string) => Promise<void>;
}

const large = { around: 1264, across: 632 };
const models: Model[] = [
  { name: '5 MB', make: (path) => writeBinaryTori(path, { around: 316, across: 158 }, 'as it grows') },
  { name: '80 MB', make: (path) => writeBinaryTori(path, large, 'as it grows') },
  { name: '80 MB shuffled', make: (path) => writeBinaryTori(path, large, 'shuffled') },
  { name: '76 MB ASCII', make: (path) => writeAsciiTorus(path, { around: 578, across: 289 }) },
  { name: '480 MB', make: (path) => writeBinaryTori(path, large, 'as it grows', 6) },
];

/** `npm run bench -- geometry [--runs 3] [--models DIR] [--only "80 MB,5 MB"]`: the check against other tools, as whole processes and warm. */
export async function bench(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string', default: '3' },
      models: { type: 'string', default: join(tmpdir(), 'kerf-bench-models') },
      only: { type: 'string' },
    },
  });
  const installed = peers.filter(({ command }) => isInstalled(command));
  for (const { name } of peers.filter((peer) => !installed.includes(peer)))
    console.log(`${name}: not installed, left out (Debian packages: admesh, prusa-slicer, assimp-utils)`);
  mkdirSync(values.models, { recursive: true });
  const wanted = values.only?.split(',');
  console.log(
    `Least of ${values.runs} runs, taken in turn; seconds of the whole process / peak memory in MB.\n` +
      'kerf --quick answers what admesh -e does (edges, volume, size); kerf looks at walls and overlapping bodies too, up to a million triangles.',
  );
  for (const model of models.filter(({ name }) => !wanted || wanted.includes(name)))
    await measureModel(model, values.models, [kerf, kerfWhole, ...installed], Number(values.runs));
}

async function measureModel(
  model: Model,
  folder: string,
  tools: readonly Tool[],
  runs: number,
): Promise<void> {
  const path = join(folder, `${model.name.replaceAll(' ', '-')}.stl`);
  if (!existsSync(path)) await model.make(path);
  const best = new Map<string, Measured>();
  for (let run = 0; run < runs; run++) {
    for (const tool of tools) {
      const known = best.get(tool.name);
      // What took too long once is not asked again.
      if (known && known.exitCode === undefined) continue;
      const measured = await measureProcess(tool.command, tool.args(path), mostSeconds);
      if (!known || measured.seconds < known.seconds)
        best.set(tool.name, { ...measured, peakMb: Math.max(measured.peakMb, known?.peakMb ?? 0) });
    }
  }
  console.log(`\n${model.name} (${(statSync(path).size / 1e6).toFixed(1)} MB)`);
  const own = best.get(kerf.name)!;
  for (const [name, { seconds, peakMb, exitCode }] of best) {
    const time = exitCode === undefined ? `> ${mostSeconds}` : seconds.toFixed(3);
    const ratio = name.startsWith('kerf') ? '' : `${(seconds / own.seconds).toFixed(2)} x kerf --quick`;
    const failed = exitCode ? `exit code ${exitCode}` : '';
    console.log(
      `  ${name.padEnd(20)} ${time.padStart(8)} s ${peakMb.toFixed(0).padStart(6)} MB  ${ratio} ${failed}`,
    );
  }
  const warm = await measureProcess(
    process.execPath,
    [
      '--no-warnings',
      join(root, 'tests', 'bench', 'warm-check.ts'),
      path,
      String(model.name === '5 MB' ? 30 : 4),
    ],
    mostSeconds,
  );
  const { quickMs, wholeMs } = JSON.parse(warm.output) as { quickMs: number; wholeMs: number };
  console.log(`  warm, in process     quick ${quickMs.toFixed(1)} ms, whole ${wholeMs.toFixed(1)} ms`);
}
