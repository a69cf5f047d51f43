import { describe, expect, it } from 'vitest';
import { ballMesh, boxMesh, joined } from './mesh-for-test.ts';
import { standardSettings } from './print-settings.ts';
import { restingOrientations } from './resting-orientations.ts';

describe('how a part may rest', () => {
  it('a mushroom is turned on its head, where it needs no supports', () => {
    const mushroom = joined(boxMesh([10, 10, 20], [10, 10, 0]), boxMesh([30, 30, 4], [0, 0, 20]));
    const [best, ...others] = restingOrientations(mushroom, { ...standardSettings, supports: 'everywhere' });
    expect(best?.estimate.features.supports.grams).toBeLessThan(0.1);
    expect(best?.rotationDegrees.map(Math.abs)).toContain(0);
    expect(best?.why).toMatch(/% less time than as given, no supports to speak of/);
    expect(others.some(({ rotationDegrees: [x, y] }) => x === 0 && y === 0)).toBe(true);
  });

  it('stays as given when no turn saves a twentieth, and says so', () => {
    const [best] = restingOrientations(ballMesh(10, 12), standardSettings);
    expect(best).toMatchObject({
      rotationDegrees: [0, 0],
      why: expect.stringContaining('as given') as string,
    });
  });

  it('a tall plate is laid flat', () => {
    const [best] = restingOrientations(boxMesh([60, 3, 60]), standardSettings);
    expect(best?.estimate.layers).toBe(15);
  });

  it('tries at most 10 ways, and one for a mesh that is too large to be cut often', () => {
    const faceted = ballMesh(8, 8);
    expect(restingOrientations(faceted, standardSettings).length).toBeLessThanOrEqual(10);
    expect(restingOrientations(ballMesh(8, 290), standardSettings).length).toBe(1);
  });
});
