import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { importProfile } from '#domain/estimate/import-profile.ts';
import { layerTable } from '#domain/estimate/layer-table.ts';
import { estimateFdmPrint, calibratedFdm, type PrintEstimate } from '#domain/estimate/print-estimate.ts';
import {
  orientations,
  standardSettings,
  supportChoices,
  type PrintSettings,
} from '#domain/estimate/print-settings.ts';
import { estimateOriented } from '#domain/estimate/orientation.ts';
import { layersWithTurn } from '#domain/estimate/resting-orientations.ts';
import type { SweepEstimate } from '#domain/estimate/sweep-estimate.ts';
import { checkFile } from '#lambdas/files/check-file.ts';
import { fileContent } from './file-content.ts';
import { showProgress } from './progress.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    profile: { type: 'string' },
    supports: { type: 'string' },
    orientation: { type: 'string', default: 'as-uploaded' },
    json: { type: 'boolean', default: false },
  },
});
const supports = supportChoices.find((choice) => choice === values.supports);
const orientation = orientations.find((choice) => choice.replace('_', '-') === values.orientation);
if (positionals.length === 0 || (values.supports !== undefined && !supports) || !orientation) {
  console.error(
    'Usage: npm run estimate -- FILE... [--profile INI] [--supports none|build-plate|everywhere] [--orientation best|as-uploaded]\n' +
      '       [--json]\n' +
      'Prints what printing each file takes, without slicing it: with the settings of a PrusaSlicer, SuperSlicer, OrcaSlicer or\n' +
      'Bambu Studio profile, or those of a common machine. --orientation best lays each part on the side that takes\n' +
      'least, when that saves a twentieth.\n' +
      'Exit code: 0 every file could be read, 3 some were refused, 1 some could not be opened.',
  );
  process.exit(2);
}

const settings = { ...(await settingsOf(values.profile)), ...(supports && { supports }) };

async function settingsOf(path: string | undefined): Promise<PrintSettings> {
  if (path === undefined) return standardSettings;
  const profile = importProfile(await readFile(path, 'utf8'));
  if ('refused' in profile) {
    console.error(`${path}: ${profile.refused}`);
    process.exit(2);
  }
  if (profile.inherits !== undefined)
    console.error(`${path} builds on "${profile.inherits}", which is not in the file.`);
  for (const { setting, keys, used } of profile.defaults)
    console.error(`${path}: no usable ${keys.join(' or ')}; ${setting} ${used} is used.`);
  return profile.settings;
}

interface Answer {
  estimate?: PrintEstimate | SweepEstimate | undefined;
  refused?: string;
}

async function estimate(path: string): Promise<Answer> {
  const { size } = await stat(path);
  const { report, mesh } = await checkFile(showProgress(path, size, fileContent(path)), {
    totalBytes: size,
    keepMesh: true,
  });
  if (report.verdict === 'refused')
    return { refused: report.problems[0]?.message ?? 'The file was refused.' };
  if (report.kind !== 'mesh') return { refused: 'This file holds no solid to print. Send a 3D model.' };
  const table = mesh && layerTable(mesh, settings);
  const layers = table && (orientation === 'best' ? layersWithTurn(table, mesh, settings) : table);
  return {
    estimate:
      (layers && estimateOriented(layers, settings, { orientation })) ??
      estimateFdmPrint(report, {
        ...calibratedFdm,
        layerHeightMm: settings.layerMm,
        infillPercent: settings.infillPercent,
        flowMm3PerSecond: (calibratedFdm.flowMm3PerSecond / calibratedFdm.layerHeightMm) * settings.layerMm,
        densityGPerCm3: settings.densityGPerCm3,
      }),
  };
}

function describe({ estimate: found, refused }: Answer): string {
  if (!found) return `refused: ${refused ?? 'The part has no volume that could be printed.'}`;
  const hours = Math.floor(found.printSeconds / 3600);
  const minutes = Math.round((found.printSeconds % 3600) / 60);
  const features =
    'features' in found
      ? Object.entries(found.features)
          .filter(([, { seconds }]) => seconds > 0)
          .map(([name, cost]) => `${name} ${Math.round(cost.seconds / 60)} min ${cost.grams.toFixed(1)} g`)
      : [];
  return [
    `${hours} h ${minutes} min ±${found.spreadPercent} %, ${found.materialGrams} g, ${found.layers} layers (${found.method})`,
    ...(features.length > 0 ? [features.join(', ')] : []),
    ...(found.orientation ? [found.orientation.words] : []),
    ...(found.why !== undefined ? [`not reliable: ${found.why}`] : []),
  ].join('\n  ');
}

for (const path of positionals) {
  try {
    const answer = await estimate(path);
    const { estimate: found, ...rest } = answer;
    console.log(
      values.json ? JSON.stringify({ file: path, ...found, ...rest }) : `${path}\n  ${describe(answer)}`,
    );
    if (!found) process.exitCode ||= 3;
  } catch (error) {
    console.error(`${path}: can not be read: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
