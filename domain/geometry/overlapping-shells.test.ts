import { describe, expect, it } from 'vitest';
import { judgeOverlaps } from './overlapping-shells.ts';

describe('overlapping bodies', () => {
  it('are not denied when not every place could be looked at', () => {
    expect(judgeOverlaps({ shells: 0, places: [], complete: true })).toBeUndefined();
    expect(judgeOverlaps({ shells: 0, places: [], complete: false })).toMatchObject({
      code: 'overlapping_shells',
      severity: 'note',
    });
  });

  it('are at least those that were found', () => {
    expect(judgeOverlaps({ shells: 2, places: [], complete: false })!.message).toMatch(/^At least 2 bodies/);
    expect(judgeOverlaps({ shells: 2, places: [], complete: true })!.message).toMatch(/^2 bodies/);
  });
});
