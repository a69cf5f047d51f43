import type { Contour, Drawing } from './drawing.ts';
import type { DrawingLayer } from './report.ts';

/** A drawing as a page shows it, mm. */
export interface DrawingPreview {
  layers: Pick<DrawingLayer, 'name' | 'color' | 'use'>[];
  contours: Pick<Contour, 'points' | 'closed' | 'layer' | 'duplicate'>[];
}

/** About 1.5 MB of JSON. */
const mostNumbers = 200_000;

/** Points nearer to the last kept one than a share of the drawing's size are left out; the share grows until the rest is small. */
export function previewDrawing({ contours, measures }: Drawing): DrawingPreview {
  const longest = Math.max(...measures.boundingBoxMm.size) || 1;
  let shown = thinned(contours, longest / 8000);
  for (let share = 4000; numbersOf(shown) > mostNumbers && share > 50; share /= 2)
    shown = thinned(contours, longest / share);
  return {
    layers: measures.layers.map(({ name, color, use }) => ({
      name,
      ...(color !== undefined && { color }),
      use,
    })),
    contours: shown,
  };
}

const numbersOf = (contours: DrawingPreview['contours']): number =>
  contours.reduce((sum, { points }) => sum + points.length, 0);

function thinned(contours: readonly Contour[], leastMm: number): DrawingPreview['contours'] {
  return contours.map(({ points, closed, layer, duplicate }) => {
    const kept: number[] = [];
    const last = points.length - 2;
    for (let at = 0; at <= last; at += 2) {
      const near =
        at > 0 &&
        at < last &&
        Math.hypot(points[at]! - kept.at(-2)!, points[at + 1]! - kept.at(-1)!) < leastMm;
      if (!near) kept.push(rounded(points[at]!), rounded(points[at + 1]!));
    }
    return { points: kept, closed, layer, duplicate };
  });
}

const rounded = (mm: number): number => Math.round(mm * 1000) / 1000;
