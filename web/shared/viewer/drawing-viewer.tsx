import { Button, Group } from '@mantine/core';
import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { DrawingPreview } from '#domain/geometry/preview-drawing.ts';
import { number } from '../format.ts';
import { inches, millimetres } from './lengths.ts';
import { severityColours, type Problem } from './places.ts';

interface Window {
  x: number;
  y: number;
  width: number;
  height: number;
}

const margin = 0.05;
type Use = DrawingPreview['layers'][number]['use'];
const useWords: Record<Use, string> = { cut: 'cut', engrave: 'engrave', ignore: 'left out' };

/** The lines of a drawing by what is done with them; open ends and repeated lines stand out. */
export function DrawingViewer({
  name,
  drawing,
  scale,
  layers,
  size,
  problems,
  chosen,
  onChoose,
}: {
  name: string;
  drawing: DrawingPreview;
  scale: number;
  /** By the report: what is done with them may have been chosen since the preview was made. */
  layers: readonly { lengthMm: number; use: Use }[];
  size: readonly [number, number, number];
  problems: readonly Problem[];
  chosen: number | undefined;
  onChoose: (problem: number | undefined) => void;
}) {
  const whole = useMemo(() => boundsOf(drawing, scale), [drawing, scale]);
  const [moved, setMoved] = useState<Window>();
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const drag = useRef<{ x: number; y: number; from: Window }>(undefined);
  const picture = useRef<SVGSVGElement>(null);
  const shown = moved ?? whole;
  const paths = useMemo(() => pathsOf(drawing, scale), [drawing, scale]);
  const useOf = (layer: number): Use => layers[layer]?.use ?? drawing.layers[layer]?.use ?? 'cut';
  const zoom = (by: number) =>
    setMoved({
      width: shown.width * by,
      height: shown.height * by,
      x: shown.x + (shown.width * (1 - by)) / 2,
      y: shown.y + (shown.height * (1 - by)) / 2,
    });
  const shift = (dx: number, dy: number) =>
    setMoved({ ...shown, x: shown.x + dx * shown.width, y: shown.y + dy * shown.height });
  const press = (event: KeyboardEvent) => {
    const action = {
      '+': () => zoom(0.8),
      '-': () => zoom(1.25),
      f: () => setMoved(undefined),
      ArrowLeft: () => shift(-0.1, 0),
      ArrowRight: () => shift(0.1, 0),
      ArrowUp: () => shift(0, -0.1),
      ArrowDown: () => shift(0, 0.1),
    }[event.key];
    if (!action || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    action();
  };
  const pull = (event: PointerEvent) => {
    const start = drag.current;
    const box = picture.current?.getBoundingClientRect();
    if (!start || !box) return;
    const perPixel = Math.max(start.from.width / box.width, start.from.height / box.height);
    setMoved({
      ...start.from,
      x: start.from.x - (event.clientX - start.x) * perPixel,
      y: start.from.y - (event.clientY - start.y) * perPixel,
    });
  };
  const mark = Math.max(shown.width, shown.height) / 90;
  return (
    <>
      <svg
        ref={picture}
        className="viewer drawing"
        viewBox={`${shown.x} ${shown.y} ${shown.width} ${shown.height}`}
        tabIndex={0}
        role="application"
        aria-label={`Drawing ${name}. Arrow keys move it, plus and minus zoom, F fits it.`}
        onKeyDown={press}
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, y: event.clientY, from: shown };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={pull}
        onPointerUp={() => (drag.current = undefined)}
      >
        {paths.map(({ d, layer, duplicate }, at) =>
          hidden.has(layer) ? null : (
            <path
              key={at}
              d={d}
              className={duplicate ? 'line-duplicate' : `line-${useOf(layer)}`}
              vectorEffect="non-scaling-stroke"
            />
          ),
        )}
        {problems.map((problem, at) =>
          (problem.places ?? []).map(([point], k) =>
            point && problem.code === 'open_contours' ? (
              <circle
                key={`${problem.code} ${k}`}
                cx={point[0]}
                cy={-point[1]}
                r={chosen === at ? mark * 1.6 : mark}
                fill="none"
                stroke={severityColours[problem.severity]}
                strokeWidth={2}
                vectorEffect="non-scaling-stroke"
                onClick={() => onChoose(at)}
              />
            ) : null,
          ),
        )}
      </svg>
      <Group gap={6} mt={8} role="group" aria-label="View">
        <Button size="xs" variant="default" onClick={() => setMoved(undefined)}>
          Fit
        </Button>
        <Button size="xs" variant="default" onClick={() => zoom(0.8)}>
          Zoom in
        </Button>
        <Button size="xs" variant="default" onClick={() => zoom(1.25)}>
          Zoom out
        </Button>
      </Group>
      <ul className="plain-list layers">
        {drawing.layers.map((layer, at) => (
          <li key={at}>
            <label>
              <input
                type="checkbox"
                checked={!hidden.has(at)}
                onChange={() => setHidden(toggled(hidden, at))}
              />{' '}
              <span className={`swatch line-${useOf(at)}`} aria-hidden /> {layer.name || 'Lines'}
              {layer.color && ` (${layer.color})`}: {useWords[useOf(at)]},{' '}
              {number((layers[at]?.lengthMm ?? 0) / 1000, 2)} m
            </label>
          </li>
        ))}
      </ul>
      <p className="viewer-size">
        {millimetres(size[0])} × {millimetres(size[1])} ({inches(size[0])} × {inches(size[1])})
      </p>
    </>
  );
}

function toggled(set: ReadonlySet<number>, item: number): ReadonlySet<number> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}

/** The page's y runs downwards. */
function boundsOf({ contours }: DrawingPreview, scale: number): Window {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { points } of contours)
    for (let at = 0; at + 1 < points.length; at += 2) {
      x0 = Math.min(x0, points[at]! * scale);
      x1 = Math.max(x1, points[at]! * scale);
      y0 = Math.min(y0, -points[at + 1]! * scale);
      y1 = Math.max(y1, -points[at + 1]! * scale);
    }
  if (x0 > x1) return { x: 0, y: 0, width: 1, height: 1 };
  const [width, height] = [x1 - x0 || 1, y1 - y0 || 1];
  return {
    x: x0 - width * margin,
    y: y0 - height * margin,
    width: width * (1 + 2 * margin),
    height: height * (1 + 2 * margin),
  };
}

/** One path for each layer, and one for its repeated lines: thousands of elements would be slow. */
function pathsOf({ contours }: DrawingPreview, scale: number) {
  const found = new Map<string, { d: string[]; layer: number; duplicate: boolean }>();
  for (const { points, closed, layer, duplicate } of contours) {
    const key = `${layer} ${duplicate}`;
    const path = found.get(key) ?? { d: [], layer, duplicate };
    found.set(key, path);
    for (let at = 0; at + 1 < points.length; at += 2)
      path.d.push(`${at === 0 ? 'M' : 'L'}${points[at]! * scale} ${-points[at + 1]! * scale}`);
    if (closed) path.d.push('Z');
  }
  // Repeated lines last, so that nothing covers them.
  return [...found.values()]
    .sort((a, b) => Number(a.duplicate) - Number(b.duplicate))
    .map((path) => ({ ...path, d: path.d.join('') }));
}
