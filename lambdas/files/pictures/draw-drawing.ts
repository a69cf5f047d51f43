import type { DrawingPreview } from '#domain/geometry/preview-drawing.ts';
import type { DrawingLayer } from '#domain/geometry/report.ts';
import { Canvas } from './canvas.ts';

/** Read on a white page and on a dark one. */
const colours: Record<DrawingLayer['use'], readonly [number, number, number]> = {
  cut: [64, 118, 222],
  engrave: [214, 137, 32],
  ignore: [150, 156, 166],
};
const margin = 0.06;
const halfWidth = 2;

/** The drawing as lines on a transparent ground. */
export function drawDrawing({ layers, contours }: DrawingPreview, side: number): Buffer {
  const canvas = new Canvas(side);
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { points } of contours)
    for (let at = 0; at < points.length; at += 2) {
      [x0, x1] = [Math.min(x0, points[at]!), Math.max(x1, points[at]!)];
      [y0, y1] = [Math.min(y0, points[at + 1]!), Math.max(y1, points[at + 1]!)];
    }
  const scale = (canvas.side * (1 - 2 * margin)) / (Math.max(x1 - x0, y1 - y0) || 1);
  const column = (x: number) => (x - (x0 + x1) / 2) * scale + canvas.side / 2;
  const row = (y: number) => canvas.side / 2 - (y - (y0 + y1) / 2) * scale;
  for (const { points, closed, layer } of contours) {
    const colour = colours[layers[layer]!.use];
    const count = points.length / 2;
    for (let k = 0; k < (closed ? count : count - 1); k++) {
      const next = (k + 1) % count;
      stroke(
        canvas,
        column(points[2 * k]!),
        row(points[2 * k + 1]!),
        column(points[2 * next]!),
        row(points[2 * next + 1]!),
        colour,
      );
    }
  }
  return canvas.png();
}

function stroke(
  canvas: Canvas,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  colour: readonly [number, number, number],
): void {
  const steps = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay)));
  for (let k = 0; k <= steps; k++) {
    const x = Math.round(ax + ((bx - ax) * k) / steps);
    const y = Math.round(ay + ((by - ay) * k) / steps);
    for (let dy = 1 - halfWidth; dy < halfWidth; dy++)
      for (let dx = 1 - halfWidth; dx < halfWidth; dx++) canvas.set(x + dx, y + dy, ...colour);
  }
}
