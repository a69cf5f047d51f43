import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { importProfile } from '#domain/estimate/import-profile.ts';
import { fittedConstants, estimateLayers, type EstimateConstants } from '#domain/estimate/layer-estimate.ts';
import { layerTable } from '#domain/estimate/layer-table.ts';
import { calibratedFdm, estimateFdmPrint } from '#domain/estimate/print-estimate.ts';
import type { PrintSettings } from '#domain/estimate/print-settings.ts';
import { estimateFromLayers } from '#domain/estimate/sweep-estimate.ts';
import type { MeshReport } from '#domain/geometry/report.ts';
import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';
import { checkFile } from '#lambdas/files/check-file.ts';
import { fitConstants, leaveOneFileOut, type FitCase } from './fit-estimate.ts';
import { readSlices, type Slice } from './slices.ts';
import { sweepRow } from './sweep-time.ts';

const here = import.meta.dirname;

/** Constants that prints without supports tell, and those that need prints with them. */
const ofPrints = [
  'layerSeconds',
  'travelSeconds',
  'turnSeconds',
  'wideFillMm',
  'walls',
  'solid',
  'sparse',
  'corners',
  'anchors',
] as const satisfies (keyof EstimateConstants)[];
const ofSupports = [
  'supportFill',
  'supportEdge',
  'supportInterface',
  'supportSecondsPerMetre',
  'supportLayerSeconds',
] as const satisfies (keyof EstimateConstants)[];

interface Model {
  mesh: IndexedMesh;
  report: MeshReport;
}

/** The meshes that slices know, by the hash of their file. */
async function readModels(
  folders: readonly string[],
  wanted: ReadonlySet<string>,
): Promise<Map<string, Model>> {
  const models = new Map<string, Model>();
  for (const folder of folders) {
    for (const name of await readdir(folder, { recursive: true })) {
      if (!/\.stl$/i.test(name)) continue;
      const content = await readFile(join(folder, name));
      const sha256 = createHash('sha256').update(content).digest('hex');
      if (!wanted.has(sha256) || models.has(sha256)) continue;
      const chunks = (async function* () {
        yield await Promise.resolve(content);
      })();
      const { report, mesh } = await checkFile(chunks, { totalBytes: content.length, keepMesh: true });
      if (mesh && report.kind === 'mesh') models.set(sha256, { mesh, report });
    }
  }
  return models;
}

async function settingsOf(profile: string): Promise<PrintSettings> {
  const imported = importProfile(await readFile(join(here, 'profiles', `${profile}.ini`), 'utf8'));
  if ('refused' in imported) throw new Error(`${profile}: ${imported.refused}`);
  return imported.settings;
}

interface Miss {
  slice: Slice;
  seconds: number;
  grams: number;
}

function summary(name: string, misses: readonly Miss[], of: 'seconds' | 'grams'): string {
  const sorted = misses.map((miss) => Math.abs(miss[of])).sort((a, b) => a - b);
  const at = (share: number) =>
    ((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN) * 100).toFixed(1);
  const within = (limit: number) =>
    ((sorted.filter((miss) => miss <= limit).length / sorted.length) * 100).toFixed(0);
  const mean = sorted.reduce((sum, miss) => sum + miss, 0) / sorted.length;
  const cells = [
    (mean * 100).toFixed(1),
    at(0.5),
    at(0.9),
    at(1),
    within(0.1),
    within(0.2),
    String(sorted.length),
  ];
  return `| ${name} | ${of === 'seconds' ? 'time' : 'material'} | ${cells.join(' | ')} |`;
}

function table(title: string, rows: readonly (readonly [string, readonly Miss[]])[]): void {
  console.log(
    `\n${title}\n| estimate | of | MAPE % | median | p90 | max | within 10 % | within 20 % | prints |\n|---|---|---|---|---|---|---|---|---|`,
  );
  for (const [name, misses] of rows) {
    if (misses.length === 0) continue;
    console.log(summary(name, misses, 'seconds'));
    console.log(summary(name, misses, 'grams'));
  }
}

const missOf = (slice: Slice, estimate: { seconds: number; grams: number }): Miss => ({
  slice,
  seconds: estimate.seconds / slice.seconds - 1,
  grams: estimate.grams / slice.grams - 1,
});

function linearMiss({ slice, settings }: FitCase, { report }: Model): Miss[] {
  const estimate = estimateFdmPrint(report, {
    ...calibratedFdm,
    layerHeightMm: settings.layerMm,
    infillPercent: settings.infillPercent,
    flowMm3PerSecond: (calibratedFdm.flowMm3PerSecond / calibratedFdm.layerHeightMm) * settings.layerMm,
    densityGPerCm3: settings.densityGPerCm3,
  });
  return estimate ? [missOf(slice, { seconds: estimate.printSeconds, grams: estimate.materialGrams })] : [];
}

/** Measures the estimate against a slicer's answers: `npm run bench -- estimate [--models DIR]... [--fit] [--worst N]`. */
export async function bench(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      models: { type: 'string', multiple: true, default: [] },
      worst: { type: 'string', default: '0' },
      fit: { type: 'boolean', default: false },
    },
  });
  console.log(await sweepRow());
  const folders = [join(here, '..', 'models', 'sound'), ...values.models];
  const slices = await readSlices(join(here, 'slices.jsonl'));
  const models = await readModels(folders, new Set(slices.map(({ sha256 }) => sha256)));
  const profiles = new Map<string, PrintSettings>();
  for (const profile of new Set(slices.map((slice) => slice.profile))) {
    if (existsSync(join(here, 'profiles', `${profile}.ini`)))
      profiles.set(profile, await settingsOf(profile));
  }
  const reliable: FitCase[] = [];
  const doubtful: FitCase[] = [];
  let sweepMs = 0;
  let sweeps = 0;
  const tables = new Map<string, ReturnType<typeof layerTable>>();
  for (const slice of slices) {
    const model = models.get(slice.sha256);
    const base = profiles.get(slice.profile);
    if (!model || !base) continue;
    const settings = { ...base, supports: slice.supports };
    const key = `${slice.sha256} ${slice.profile}`;
    if (!tables.has(key)) {
      const began = performance.now();
      tables.set(key, layerTable(model.mesh, settings));
      sweepMs += performance.now() - began;
      sweeps++;
    }
    const layers = tables.get(key);
    if (!layers) continue;
    const sound = model.report.openEdgesAfterWeld === 0 && model.report.inconsistentEdges === 0;
    const list = sound && estimateFromLayers(layers, settings)?.reliable ? reliable : doubtful;
    list.push({ slice, table: layers, settings });
  }
  const files = new Set(slices.map(({ sha256 }) => sha256)).size;
  console.log(
    `${slices.length} prints of ${files} files sliced by ${slices[0]?.slicer}; ${models.size} of the files are here (--models DIR for more). ` +
      `${reliable.length} prints count, ${doubtful.length} are of files whose estimate is marked unreliable. ` +
      `Sweep: ${(sweepMs / sweeps).toFixed(0)} ms on average.`,
  );

  const plain = reliable.filter(({ slice }) => slice.supports === 'none');
  const supported = reliable.filter(({ slice }) => slice.supports !== 'none');
  const fitted = values.fit ? fitConstants(plain, fittedConstants, ofPrints) : fittedConstants;
  const constants = values.fit ? fitConstants(supported, fitted, ofSupports) : fittedConstants;
  if (values.fit) console.log(JSON.stringify(constants, null, 2));

  const asShipped = (cases: readonly FitCase[]) =>
    cases.map(({ slice, table: layers, settings }) =>
      missOf(slice, estimateLayers(layers, settings, constants)),
    );
  const heldOut = (cases: readonly FitCase[], names: readonly (keyof EstimateConstants)[]) =>
    cases.length < 40
      ? []
      : leaveOneFileOut(cases, constants, names).map(({ slice, estimate }) => missOf(slice, estimate));
  const plainHeldOut = heldOut(plain, ofPrints);
  const byProfile = [...profiles.keys()].map(
    (profile) =>
      [
        `layers, file left out, ${profile}`,
        plainHeldOut.filter(({ slice }) => slice.profile === profile),
      ] as const,
  );
  table('Without supports', [
    ['volume and area', plain.flatMap((each) => linearMiss(each, models.get(each.slice.sha256)!))],
    ['layers, file left out', plainHeldOut],
    ...byProfile,
    ['layers, as shipped', asShipped(plain)],
  ]);
  const supportedHeldOut = heldOut(supported, [...ofPrints, ...ofSupports]);
  table('With supports', [
    ['layers, file left out', supportedHeldOut],
    ['... everywhere', supportedHeldOut.filter(({ slice }) => slice.supports === 'everywhere')],
    ['... from the build plate', supportedHeldOut.filter(({ slice }) => slice.supports === 'build-plate')],
    [
      '... over a tenth of the plastic',
      supportedHeldOut.filter(({ slice }) => {
        const without = slices.find(
          (other) =>
            other.supports === 'none' && other.sha256 === slice.sha256 && other.profile === slice.profile,
        );
        return without !== undefined && slice.grams > without.grams * 1.11;
      }),
    ],
    ['layers, as shipped', asShipped(supported)],
  ]);
  table('Marked unreliable', [['layers, as shipped', asShipped(doubtful)]]);

  const worst = Number(values.worst);
  if (worst > 0) {
    const all = [...plainHeldOut, ...supportedHeldOut].sort(
      (a, b) => Math.abs(b.seconds) - Math.abs(a.seconds),
    );
    console.log('\nFarthest off in time:');
    for (const { slice, seconds, grams } of all.slice(0, worst)) {
      console.log(
        `${slice.file} ${slice.profile} ${slice.supports}: time ${(seconds * 100).toFixed(0)} %, material ${(grams * 100).toFixed(0)} %`,
      );
    }
  }
}
