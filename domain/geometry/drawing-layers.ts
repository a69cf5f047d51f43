import type { DrawingPiece } from './drawing-piece.ts';
import type { DrawingLayer } from './report.ts';

type Use = DrawingLayer['use'];
export type FoundLayer = Pick<DrawingLayer, 'name' | 'color' | 'use'>;

const engraved = /engrav|(?<!sk)etch|\bmark|raster|grav(ur|ier)|beschrift|\blogo|\btext\b/i;
const ignored =
  /defpoints|dimension|\bdims?\b|annotation|\bnotes?\b|construction|\bhidden\b|centre ?line|center ?line|\bguides?\b|\bhatch|title ?block|viewport|bema(ss|ß)|hilfslin/i;

/**
 * Groups lines by layer and colour and proposes what to do with each group: the layer's name decides; an area filled without an
 * outline is engraved; all else is cut. Colours alone decide nothing, since makers' palettes contradict each other.
 */
export function proposeUses(pieces: readonly DrawingPiece[]): {
  layers: FoundLayer[];
  /** Place in `layers`, for each piece. */
  layerOf: number[];
} {
  const layers: FoundLayer[] = [];
  const places = new Map<string, number>();
  const layerOf = pieces.map(({ layer: name, color, filled = false }) => {
    const key = `${name}\n${color ?? ''}\n${filled}`;
    let place = places.get(key);
    if (place === undefined) {
      place = layers.length;
      places.set(key, place);
      layers.push({ name, ...(color !== undefined && { color }), use: proposed(name, filled) });
    }
    return place;
  });
  // A drawing of filled areas only is meant to be cut along their edges.
  if (!layers.some(({ use }) => use === 'cut'))
    for (const layer of layers) if (layer.use === 'engrave' && !engraved.test(layer.name)) layer.use = 'cut';
  return { layers, layerOf };
}

function proposed(name: string, filled: boolean): Use {
  if (ignored.test(name)) return 'ignore';
  return filled || engraved.test(name) ? 'engrave' : 'cut';
}
