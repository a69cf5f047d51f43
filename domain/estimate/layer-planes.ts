/** The heights of a print's layers: a part is cut in the middle of each. */
export interface LayerHeights {
  firstLayerMm: number;
  layerMm: number;
}

/** How many cutting planes lie at or below a height above the bed, mm. A whole number, so all triangles at a point agree. */
export function planesBelow(heightMm: number, { firstLayerMm, layerMm }: LayerHeights): number {
  return heightMm < firstLayerMm / 2
    ? 0
    : 1 + Math.max(0, Math.floor((heightMm - firstLayerMm) / layerMm + 0.5));
}

/** The height above the bed, mm, at which layer 0, 1, 2... is cut. */
export function planeOf(layer: number, { firstLayerMm, layerMm }: LayerHeights): number {
  return layer === 0 ? firstLayerMm / 2 : firstLayerMm + (layer - 0.5) * layerMm;
}
