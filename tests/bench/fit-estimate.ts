import {
  estimateLayers,
  type EstimateConstants,
  type LayerEstimate,
} from '#domain/estimate/layer-estimate.ts';
import type { LayerTable } from '#domain/estimate/layer-table.ts';
import type { PrintSettings } from '#domain/estimate/print-settings.ts';
import type { Slice } from './slices.ts';

/** One print with its answer. */
export interface FitCase {
  slice: Slice;
  table: LayerTable;
  settings: PrintSettings;
}

type Name = keyof EstimateConstants;

/** Pulls every constant towards where it began, as much as so many prints would that are off by its whole size. */
const pull = 0.05;
const rounds = 8;
const step = 0.02;

/** Estimate over answer, as logarithms: time, then grams. Large misses count less than by their square. */
function residuals({ slice, table, settings }: FitCase, constants: EstimateConstants): [number, number] {
  const { seconds, grams } = estimateLayers(table, settings, constants);
  return [Math.log(seconds / slice.seconds), Math.log(grams / slice.grams)];
}

interface Linear {
  /** One row per case and answer: by how much it moves with each constant. */
  slopes: number[][];
  misses: number[];
  files: string[];
}

function linearise(cases: readonly FitCase[], constants: EstimateConstants, names: readonly Name[]): Linear {
  const linear: Linear = { slopes: [], misses: [], files: [] };
  const moved = names.map((name) => ({ ...constants, [name]: constants[name] * (1 + step) }));
  for (const each of cases) {
    const base = residuals(each, constants);
    const others = moved.map((changed) => residuals(each, changed));
    for (const answer of [0, 1] as const) {
      const weight = 1 / Math.sqrt(Math.max(0.05, Math.abs(base[answer])));
      linear.misses.push(base[answer] * weight);
      linear.slopes.push(others.map((other) => ((other[answer] - base[answer]) / step) * weight));
      linear.files.push(each.slice.sha256);
    }
  }
  return linear;
}

/** The relative change of each constant that makes the misses least, by least squares. */
function solve({ slopes, misses, files }: Linear, size: number, without?: string): number[] {
  const matrix = Array.from({ length: size }, (_, at) =>
    Array.from({ length: size + 1 }, (_unused, other) => (at === other ? pull : 0)),
  );
  slopes.forEach((row, index) => {
    if (files[index] === without) return;
    for (let at = 0; at < size; at++) {
      for (let other = 0; other < size; other++) matrix[at]![other]! += row[at]! * row[other]!;
      matrix[at]![size]! -= row[at]! * misses[index]!;
    }
  });
  for (let at = 0; at < size; at++) {
    let best = at;
    for (let other = at + 1; other < size; other++) {
      if (Math.abs(matrix[other]![at]!) > Math.abs(matrix[best]![at]!)) best = other;
    }
    [matrix[at], matrix[best]] = [matrix[best]!, matrix[at]!];
    for (let other = 0; other < size; other++) {
      if (other === at) continue;
      const factor = matrix[other]![at]! / matrix[at]![at]!;
      for (let column = at; column <= size; column++)
        matrix[other]![column]! -= factor * matrix[at]![column]!;
    }
  }
  return matrix.map((row, at) => row[size]! / row[at]!);
}

function changed(
  constants: EstimateConstants,
  names: readonly Name[],
  by: readonly number[],
): EstimateConstants {
  const result = { ...constants };
  names.forEach((name, at) => {
    result[name] = constants[name] * (1 + Math.min(0.5, Math.max(-0.5, by[at]!)));
  });
  return result;
}

/** Fits the named constants to the answers of all cases. */
export function fitConstants(
  cases: readonly FitCase[],
  start: EstimateConstants,
  names: readonly Name[],
): EstimateConstants {
  let constants = start;
  for (let round = 0; round < rounds; round++) {
    constants = changed(constants, names, solve(linearise(cases, constants, names), names.length));
  }
  return constants;
}

export interface HeldOut {
  slice: Slice;
  estimate: LayerEstimate;
}

/** Estimates every print with constants fitted without any print of its file (one step of the fit, from the constants of all). */
export function leaveOneFileOut(
  cases: readonly FitCase[],
  fitted: EstimateConstants,
  names: readonly Name[],
): HeldOut[] {
  const linear = linearise(cases, fitted, names);
  const base = solve(linear, names.length);
  return cases.map(({ slice, table, settings }) => {
    const without = solve(linear, names.length, slice.sha256);
    const shift = without.map((value, at) => value - base[at]!);
    return { slice, estimate: estimateLayers(table, settings, changed(fitted, names, shift)) };
  });
}
