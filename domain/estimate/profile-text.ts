/** A profile's values by key; lists keep one entry per extruder. */
export type ProfileValues = ReadonlyMap<string, readonly string[]>;

export interface ProfileRefusal {
  /** Plain words: what is wrong and what to do. */
  refused: string;
}

const mostCharacters = 2_000_000;
const mostKeys = 5000;
const mostDepth = 8;

/**
 * Reads the text of a slicer's profile: `key = value` lines (PrusaSlicer, SuperSlicer; comments and sections allowed, the last of
 * equal keys counts) or a JSON object (OrcaSlicer, Bambu Studio). Never throws.
 */
export function readProfileText(text: string): ProfileValues | ProfileRefusal {
  if (text.length > mostCharacters)
    return {
      refused: 'The profile has more than 2 MB. Export one print, filament and printer setting only.',
    };
  const trimmed = text.replace(/^\uFEFF/, '').trimStart();
  const values = trimmed.startsWith('{') ? readJson(trimmed) : readIni(trimmed);
  if ('refused' in values) return values;
  if (values.size === 0)
    return { refused: 'The profile holds no settings. Export it from the slicer as an ini or json file.' };
  return values;
}

function readIni(text: string): Map<string, string[]> | ProfileRefusal {
  const values = new Map<string, string[]>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    const match = /^\s*([\w-]{1,80})\s*=\s*(.*)$/.exec(line.slice(0, 4000));
    if (!match) continue;
    if (values.size >= mostKeys) return tooMany;
    const [, key = '', value = ''] = match;
    values.set(key, listOf(value));
  }
  return values;
}

/** Several extruders stand in one value, parted by commas, or by semicolons where commas are part of it. */
const listOf = (value: string): string[] => value.split(/[,;]/).map((entry) => entry.trim());

const tooMany: ProfileRefusal = { refused: 'The profile has more than 5,000 settings. Export a single one.' };
const notJson: ProfileRefusal = {
  refused: 'The profile is not sound JSON. Export it again from the slicer.',
};

function readJson(text: string): Map<string, string[]> | ProfileRefusal {
  if (depthOf(text) > mostDepth)
    return { refused: 'The profile is nested too deeply to be one of a slicer.' };
  let object: unknown;
  try {
    object = JSON.parse(text);
  } catch {
    return notJson;
  }
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return notJson;
  const values = new Map<string, string[]>();
  for (const [key, value] of Object.entries(object)) {
    if (values.size >= mostKeys) return tooMany;
    const entries: unknown[] = Array.isArray(value) ? value : [value];
    const plain = entries.filter((entry) => ['string', 'number', 'boolean'].includes(typeof entry));
    if (plain.length > 0) values.set(key, plain.map(String));
  }
  return values;
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth);
    else if (character === '}' || character === ']') depth--;
  }
  return deepest;
}
