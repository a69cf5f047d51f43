import { readProfileText, type ProfileRefusal, type ProfileValues } from './profile-text.ts';
import { standardSettings, type PrintSettings } from './print-settings.ts';

/** A setting the profile does not tell, and what is used for it. */
export interface ProfileDefault {
  setting: keyof PrintSettings;
  /** The keys that were looked for. */
  keys: readonly string[];
  used: number | string;
}

export interface ImportedProfile {
  settings: PrintSettings;
  defaults: ProfileDefault[];
  /** A profile it builds on, which is not in the file: its values may be missing. */
  inherits?: string;
}

type NumberSetting = {
  [Key in keyof PrintSettings]: PrintSettings[Key] extends number ? Key : never;
}[keyof PrintSettings];

interface Rule {
  setting: NumberSetting;
  /** PrusaSlicer's and SuperSlicer's key, then OrcaSlicer's and Bambu Studio's. */
  keys: readonly string[];
  /** What a percentage is of: another setting, or the nozzle. Rules stand in the order that this needs. */
  percentOf?: NumberSetting | 'nozzle';
  /** A value of 0 means that another setting counts, or a share of the nozzle. */
  zeroIs?: (settings: PrintSettings, nozzleMm: number) => number;
  least: number;
  most: number;
}

const speed = (setting: NumberSetting, keys: readonly string[], percentOf?: NumberSetting): Rule => ({
  setting,
  keys,
  least: 0.1,
  most: 3000,
  ...(percentOf && { percentOf, zeroIs: (s) => s[percentOf] }),
});

const acceleration = (setting: NumberSetting, keys: readonly string[]): Rule => ({
  setting,
  keys,
  zeroIs: (settings) => settings.infillAcceleration,
  percentOf: 'infillAcceleration',
  least: 10,
  most: 100_000,
});

const count = (setting: NumberSetting, keys: readonly string[], most: number): Rule => ({
  setting,
  keys,
  least: 0,
  most,
});

const rules: readonly Rule[] = [
  { setting: 'layerMm', keys: ['layer_height'], least: 0.01, most: 5 },
  {
    setting: 'firstLayerMm',
    keys: ['first_layer_height', 'initial_layer_print_height'],
    percentOf: 'layerMm',
    zeroIs: ({ layerMm }) => layerMm,
    least: 0.01,
    most: 5,
  },
  {
    setting: 'lineWidthMm',
    keys: ['perimeter_extrusion_width', 'extrusion_width', 'inner_wall_line_width', 'line_width'],
    percentOf: 'nozzle',
    zeroIs: (_, nozzleMm) => nozzleMm * 1.125,
    least: 0.05,
    most: 10,
  },
  count('perimeters', ['perimeters', 'wall_loops'], 100),
  count('topLayers', ['top_solid_layers', 'top_shell_layers'], 1000),
  count('bottomLayers', ['bottom_solid_layers', 'bottom_shell_layers'], 1000),
  count('solidBelowMm2', ['solid_infill_below_area', 'minimum_sparse_infill_area'], 1e6),
  {
    setting: 'overhangDegrees',
    keys: ['support_material_threshold', 'support_threshold_angle'],
    zeroIs: () => standardSettings.overhangDegrees,
    least: 1,
    most: 89,
  },
  count('infillPercent', ['fill_density', 'sparse_infill_density'], 100),
  {
    setting: 'supportSpacingMm',
    keys: ['support_material_spacing', 'support_base_pattern_spacing'],
    least: 0.2,
    most: 100,
  },
  count('supportInterfaceLayers', ['support_material_interface_layers', 'support_interface_top_layers'], 50),
  speed('innerSpeed', ['perimeter_speed', 'inner_wall_speed']),
  speed('outerSpeed', ['external_perimeter_speed', 'outer_wall_speed'], 'innerSpeed'),
  speed('smallLoopSpeed', ['small_perimeter_speed'], 'outerSpeed'),
  speed('infillSpeed', ['infill_speed', 'sparse_infill_speed']),
  speed('solidSpeed', ['solid_infill_speed', 'internal_solid_infill_speed'], 'infillSpeed'),
  speed('topSpeed', ['top_solid_infill_speed', 'top_surface_speed'], 'solidSpeed'),
  speed('bridgeSpeed', ['bridge_speed'], 'solidSpeed'),
  speed('supportSpeed', ['support_material_speed', 'support_speed'], 'infillSpeed'),
  speed('firstLayerSpeed', ['first_layer_speed', 'initial_layer_speed'], 'innerSpeed'),
  {
    setting: 'infillAcceleration',
    keys: ['infill_acceleration', 'default_acceleration'],
    least: 10,
    most: 100_000,
  },
  acceleration('wallAcceleration', ['perimeter_acceleration', 'inner_wall_acceleration']),
  acceleration('firstLayerAcceleration', ['first_layer_acceleration', 'initial_layer_acceleration']),
  { setting: 'jerk', keys: ['machine_max_jerk_x'], least: 0.1, most: 100 },
  count('mostFlowMm3PerSecond', ['filament_max_volumetric_speed', 'max_volumetric_speed'], 1000),
  count('coolingLayerSeconds', ['slowdown_below_layer_time', 'slow_down_layer_time'], 1000),
  { setting: 'coolingLeastSpeed', keys: ['min_print_speed', 'slow_down_min_speed'], least: 0.5, most: 500 },
  count('skirts', ['skirts', 'skirt_loops'], 100),
  count('skirtDistanceMm', ['skirt_distance'], 1000),
  count('brimMm', ['brim_width'], 200),
  {
    setting: 'densityGPerCm3',
    keys: ['filament_density'],
    zeroIs: () => standardSettings.densityGPerCm3,
    least: 0.1,
    most: 25,
  },
];

/**
 * Turns a slicer's profile into the settings of an estimate. Unknown keys are left out; what is missing, or can not be a setting, is
 * taken from the standard machine and named. Never throws on any text.
 */
export function importProfile(text: string): ImportedProfile | ProfileRefusal {
  const values = readProfileText(text);
  if ('refused' in values) return values;
  const settings: PrintSettings = { ...standardSettings };
  const defaults: ProfileDefault[] = [];
  const nozzleMm = numberOf(values.get('nozzle_diameter')?.[0])?.value ?? 0.4;
  for (const rule of rules) {
    const found = rule.keys.map((key) => valueOf(rule, values.get(key)?.[0], settings, nozzleMm));
    const value = found.find((each) => each !== undefined);
    if (value === undefined)
      defaults.push({ setting: rule.setting, keys: rule.keys, used: settings[rule.setting] });
    else settings[rule.setting] = value;
  }
  if (defaults.length === rules.length)
    return {
      refused:
        'None of the settings that an estimate needs is in this file. Export a print profile from the slicer.',
    };
  limitByMachine(settings, values);
  const supports = supportsOf(values);
  if (supports) settings.supports = supports;
  else
    defaults.push({
      setting: 'supports',
      keys: ['support_material', 'enable_support'],
      used: settings.supports,
    });
  const inherits = values.get('inherits')?.[0];
  return { settings, defaults, ...(inherits !== undefined && inherits !== '' && { inherits }) };
}

function numberOf(text: string | undefined): { value: number; percent: boolean } | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})(%?)$/.exec(text ?? '');
  return match ? { value: Number(match[1]), percent: match[2] === '%' } : undefined;
}

function valueOf(
  rule: Rule,
  text: string | undefined,
  settings: PrintSettings,
  nozzleMm: number,
): number | undefined {
  const number = numberOf(text);
  if (!number) return undefined;
  let { value } = number;
  if (value === 0 && rule.zeroIs) value = rule.zeroIs(settings, nozzleMm);
  else if (number.percent && rule.percentOf) {
    value *= (rule.percentOf === 'nozzle' ? nozzleMm : settings[rule.percentOf]) / 100;
  }
  return value >= rule.least && value <= rule.most ? value : undefined;
}

/** A machine that says what it can do goes no faster. */
function limitByMachine(settings: PrintSettings, values: ProfileValues): void {
  const limit = numberOf(values.get('machine_max_acceleration_extruding')?.[0])?.value;
  if (limit === undefined || limit === 0) return;
  for (const name of ['wallAcceleration', 'infillAcceleration', 'firstLayerAcceleration'] as const) {
    settings[name] = Math.min(settings[name], limit);
  }
}

function supportsOf(values: ProfileValues): PrintSettings['supports'] | undefined {
  const on = values.get('support_material')?.[0] ?? values.get('enable_support')?.[0];
  if (on === undefined) return undefined;
  if (on !== '1' && on !== 'true') return 'none';
  const plateOnly =
    values.get('support_material_buildplate_only')?.[0] ?? values.get('support_on_build_plate_only')?.[0];
  return plateOnly === '1' || plateOnly === 'true' ? 'build-plate' : 'everywhere';
}
