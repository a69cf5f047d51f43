import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importProfile, type ImportedProfile } from './import-profile.ts';
import { standardSettings } from './print-settings.ts';

function imported(text: string): ImportedProfile {
  const profile = importProfile(text);
  if ('refused' in profile) throw new Error(profile.refused);
  return profile;
}

describe('importing a slicer profile', () => {
  it('reads a whole PrusaSlicer ini and names what it leaves out', () => {
    const path = join(import.meta.dirname, '../../tests/bench/profiles/fdm-draft-0.30.ini');
    const { settings, defaults } = imported(readFileSync(path, 'utf8'));
    // The profile leaves these to PrusaSlicer's own values.
    expect(defaults.map(({ setting }) => setting)).toEqual([
      'solidBelowMm2',
      'overhangDegrees',
      'supportSpacingMm',
      'supportInterfaceLayers',
      'supportSpeed',
    ]);
    expect(settings).toMatchObject({
      layerMm: 0.3,
      firstLayerMm: 0.2,
      lineWidthMm: 0.45,
      perimeters: 2,
      topLayers: 4,
      bottomLayers: 3,
      infillPercent: 15,
      outerSpeed: 40,
      innerSpeed: 70,
      wallAcceleration: 800,
      jerk: 8,
      mostFlowMm3PerSecond: 15,
      supports: 'none',
      densityGPerCm3: 1.24,
    });
  });

  it('reads an OrcaSlicer json with lists per extruder, and says what it builds on', () => {
    const { settings, inherits, defaults } = imported(
      JSON.stringify({
        type: 'process',
        inherits: '0.20mm Standard @Some',
        layer_height: '0.2',
        initial_layer_print_height: '0.25',
        wall_loops: '3',
        sparse_infill_density: '20%',
        outer_wall_speed: ['200', '200'],
        inner_wall_speed: ['300'],
        small_perimeter_speed: ['50%'],
        default_acceleration: ['10000'],
        enable_support: '1',
        support_on_build_plate_only: '1',
        unknown: { nested: true },
      }),
    );
    expect(settings).toMatchObject({
      firstLayerMm: 0.25,
      perimeters: 3,
      infillPercent: 20,
      outerSpeed: 200,
      innerSpeed: 300,
      smallLoopSpeed: 100,
      infillAcceleration: 10_000,
      supports: 'build-plate',
    });
    expect(inherits).toBe('0.20mm Standard @Some');
    expect(defaults.find(({ setting }) => setting === 'densityGPerCm3')).toEqual({
      setting: 'densityGPerCm3',
      keys: ['filament_density'],
      used: 1.24,
    });
  });

  it.each([
    ['external_perimeter_speed = 50%\nperimeter_speed = 60', 'outerSpeed', 30],
    ['solid_infill_speed = 0\ninfill_speed = 90', 'solidSpeed', 90],
    ['first_layer_height = 150%\nlayer_height = 0.2', 'firstLayerMm', 0.3],
    ['extrusion_width = 120%\nnozzle_diameter = 0.6', 'lineWidthMm', 0.72],
    ['extrusion_width = 0\nnozzle_diameter = 0.4', 'lineWidthMm', 0.45],
    ['perimeter_acceleration = 0\ndefault_acceleration = 1500', 'wallAcceleration', 1500],
    ['machine_max_acceleration_extruding = 700,900\nperimeter_acceleration = 5000', 'wallAcceleration', 700],
    ['filament_density = 1.27;1.04', 'densityGPerCm3', 1.27],
  ] as const)('%j sets %s to %d', (text, setting, value) => {
    expect(imported(text).settings[setting]).toBeCloseTo(value, 9);
  });

  it('passes over comments, sections and keys it does not know', () => {
    const { settings } = imported(
      '# perimeters = 9\n; perimeters = 8\n[print:fine]\nperimeters = 4 \r\nfoo = bar\n= 3\nperimeters',
    );
    expect(settings.perimeters).toBe(4);
  });

  it.each(['perimeters = many', 'perimeters = -2', 'perimeters = 1e9', 'perimeters = '])(
    'takes the default for %j and names it',
    (line) => {
      const { settings, defaults } = imported(`layer_height = 0.2\n${line}`);
      expect(settings.perimeters).toBe(standardSettings.perimeters);
      expect(defaults).toContainEqual({ setting: 'perimeters', keys: ['perimeters', 'wall_loops'], used: 2 });
    },
  );

  it.each([
    ['no text', '', 'holds no settings'],
    ['no settings of a print', 'a = 1\nb = 2', 'None of the settings'],
    ['broken JSON', '{"layer_height": ', 'not sound JSON'],
    ['deep JSON', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'nested too deeply'],
    ['many keys', Array.from({ length: 6000 }, (_, at) => `k${at} = 1`).join('\n'), 'more than 5,000'],
    ['a huge text', 'x'.repeat(2_000_001), 'more than 2 MB'],
  ])('refuses %s in plain words', (_, text, words) => {
    expect(importProfile(text)).toEqual({ refused: expect.stringContaining(words) as string });
  });

  it('never throws, and gives only settings a machine can have, for any text', () => {
    const line = fc.tuple(
      fc.constantFrom('layer_height', 'infill_speed', 'perimeters', 'inherits', 'x'),
      fc.string(),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.array(line).map((lines) => lines.map((pair) => pair.join('=')).join('\n')),
        ),
        (text) => {
          const profile = importProfile(text);
          if ('refused' in profile) return;
          for (const value of Object.values(profile.settings)) {
            if (typeof value === 'number') expect(Number.isFinite(value) && value >= 0).toBe(true);
          }
        },
      ),
    );
  });
});
