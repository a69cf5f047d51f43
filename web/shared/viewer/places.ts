import type { FileView } from '../file-view.ts';

export type Problem = NonNullable<FileView['report']>['problems'][number];

export const severityColours: Record<Problem['severity'], string> = {
  note: '#3d7fe0',
  warning: '#e08a00',
  repair: '#e5372c',
  refusal: '#e5372c',
};

/** Line ends x y z, ... of a problem's places: an edge as it is, a face as its three sides, a point as a small cross. */
export function linesOf({ places = [] }: Problem, crossSize: number): Float32Array {
  const lines: number[] = [];
  for (const place of places) {
    const [a, b, c] = place;
    if (a && b && c) lines.push(...a, ...b, ...b, ...c, ...c, ...a);
    else if (a && b) lines.push(...a, ...b);
    else if (a)
      for (const axis of [0, 1, 2]) {
        const [from, to] = [[...a], [...a]];
        from[axis]! -= crossSize;
        to[axis]! += crossSize;
        lines.push(...from, ...to);
      }
  }
  return Float32Array.from(lines);
}
