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

/** Runs of one tool on one model are enough when they took so long together, three at least. */
const enoughSeconds = 60;
const fewestRuns = 3;

/** `npm run bench -- geometry [--runs 7] [--models DIR] [--only "80 MB,5 MB"]`: the check against other tools, as whole processes and warm. */
export async function bench(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string', default: '7' },
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
    `Up to ${values.runs} runs of whole processes, taken in turn: least and median seconds by the clock and of the processor,\n` +
      'highest memory, and how many times longer than kerf --quick by least and median (above 1: kerf is faster).\n' +
      'kerf --quick answers what admesh -e does (edges, volume, size); kerf looks at walls and overlapping bodies too, up to four million triangles.\n' +
      'On a machine that has other work the processor seconds are the ones to believe.',
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
  const results = new Map<Tool, Measured[]>(tools.map((tool) => [tool, []]));
  for (let run = 0; run < runs; run++) {
    for (const [tool, measured] of results) {
      const soFar = measured.reduce((sum, { seconds }) => sum + seconds, 0);
      const stopped = measured.some(({ exitCode }) => exitCode === undefined);
      if (stopped || (run >= fewestRuns && soFar > enoughSeconds)) continue;
      measured.push(await measureProcess(tool.command, tool.args(path), mostSeconds));
    }
  }
  console.log(`\n${model.name} (${(statSync(path).size / 1e6).toFixed(1)} MB)`);
  console.log(
    `  ${''.padEnd(20)} ${'clock s'.padStart(15)} ${'processor s'.padStart(15)} ${'MB'.padStart(6)}   x clock       x processor`,
  );
  const own = results.get(kerf)!;
  for (const [tool, measured] of results) console.log(`  ${rowOf(tool, measured, own)}`);
  const rounds = String(model.name === '5 MB' ? 30 : 4);
  const warm = await measureProcess(
    process.execPath,
    ['--no-warnings', join(root, 'tests', 'bench', 'warm-check.ts'), path, rounds],
    mostSeconds,
  );
  const { quickMs, wholeMs } = JSON.parse(warm.output) as { quickMs: number; wholeMs: number };
  console.log(`  warm, in process     quick ${quickMs.toFixed(1)} ms, whole ${wholeMs.toFixed(1)} ms`);
}

function rowOf({ name }: Tool, measured: readonly Measured[], own: readonly Measured[]): string {
  const clock = leastAndMedian(measured.map(({ seconds }) => seconds));
  const processor = leastAndMedian(measured.map(({ cpuSeconds }) => cpuSeconds));
  const ownClock = leastAndMedian(own.map(({ seconds }) => seconds));
  const ownProcessor = leastAndMedian(own.map(({ cpuSeconds }) => cpuSeconds));
  const ratio = (of: [number, number], to: [number, number]) =>
    `${(of[0] / to[0]).toFixed(2)} / ${(of[1] / to[1]).toFixed(2)}`;
  const seconds = ([least, median]: [number, number]) =>
    `${least.toFixed(3)} / ${median.toFixed(3)}`.padStart(15);
  const peakMb = Math.max(...measured.map((one) => one.peakMb).filter((mb) => !Number.isNaN(mb)));
  const failed = measured.find(({ exitCode }) => exitCode !== 0);
  const ending = failed && (failed.exitCode === undefined ? 'stopped' : `exit code ${failed.exitCode}`);
  return [
    name.padEnd(20),
    seconds(clock),
    seconds(processor),
    peakMb.toFixed(0).padStart(6),
    ' ',
    name.startsWith('kerf') ? '' : `${ratio(clock, ownClock)}   ${ratio(processor, ownProcessor)}`,
    ending ?? '',
  ]
    .join(' ')
    .trimEnd();
}

function leastAndMedian(values: readonly number[]): [least: number, median: number] {
  const sorted = values.toSorted((a, b) => a - b);
  return [sorted[0]!, sorted[Math.floor(sorted.length / 2)]!];
}
