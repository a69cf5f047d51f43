import { describe, expect, it } from 'vitest';
import { materialCorrection, timeCorrection, type FinishedRun } from './run-history.ts';

const runs = (...ratios: number[]): FinishedRun[] =>
  ratios.map((ratio) => ({
    estimatedSeconds: 1000,
    actualSeconds: 1000 * ratio,
    estimatedGrams: 10,
    actualGrams: 10 * ratio,
  }));

describe('what past runs say', () => {
  it('nothing without runs', () => {
    expect(timeCorrection([])).toEqual({ factor: 1, runs: 0, words: 'no similar run yet' });
  });

  it('a single run moves the estimate by a quarter of the way', () => {
    const { factor, words, spreadPercent } = timeCorrection(runs(1.2));
    expect(factor).toBeCloseTo(1.2 ** 0.25, 9);
    expect(words).toBe('based on 1 similar run');
    expect(spreadPercent).toBeUndefined();
  });

  it('many runs move it nearly all the way, and tell their spread', () => {
    const { factor, words } = timeCorrection(
      runs(...Array.from({ length: 30 }, (_, at) => 1.2 + (at % 2 ? 0.05 : -0.05))),
    );
    expect(factor).toBeGreaterThan(1.17);
    expect(factor).toBeLessThan(1.2);
    expect(words).toMatch(/^based on 30 similar runs, ±[45] %$/);
  });

  it('one run that was paused over night changes little, one of another part nothing', () => {
    const usual = timeCorrection(runs(1.1, 1.1, 1.1, 1.1, 1.1));
    const paused = timeCorrection(runs(1.1, 1.1, 1.1, 1.1, 1.1, 3));
    expect(Math.abs(paused.factor - usual.factor)).toBeLessThan(0.02);
    expect(timeCorrection(runs(1.1, 1.1, 1.1, 1.1, 1.1, 12))).toEqual(usual);
  });

  it('the latest 50 count: a machine that was made faster is believed', () => {
    const { factor, runs: counted } = timeCorrection(
      runs(...Array<number>(80).fill(1.5), ...Array<number>(50).fill(0.8)),
    );
    expect(counted).toBe(50);
    expect(factor).toBeLessThan(0.83);
  });

  it('material is learned from runs that were weighed only; broken figures are left out', () => {
    const unweighed: FinishedRun = { estimatedSeconds: 1000, actualSeconds: 1000 };
    const broken: FinishedRun = {
      estimatedSeconds: 0,
      actualSeconds: Number.NaN,
      estimatedGrams: 0,
      actualGrams: 5,
    };
    expect(materialCorrection([unweighed, broken, ...runs(1.05)]).runs).toBe(1);
    expect(timeCorrection([broken]).factor).toBe(1);
  });
});
