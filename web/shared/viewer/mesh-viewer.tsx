import { Text } from '@mantine/core';
import { Suspense, lazy, useEffect, useState, type KeyboardEvent } from 'react';
import type { Vector3 } from 'three';
import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';
import type { CameraWish } from './camera-rig.tsx';
import { inches, millimetres } from './lengths.ts';
import type { Problem } from './places.ts';
import { StillPicture } from './still-picture.tsx';
import { Tools, plainView, type ViewState } from './tools.tsx';

/** three.js comes in a chunk of its own, when the first part is opened. */
const MeshScene = lazy(() => import('./mesh-scene.tsx'));

const turnStep = Math.PI / 18;
type Wish = CameraWish extends infer W ? (W extends CameraWish ? Omit<W, 'number'> : never) : never;

export interface MeshViewerProps {
  name: string;
  mesh: IndexedMesh;
  scale: number;
  /** Of the whole part, mm. */
  size: readonly [number, number, number];
  problems: readonly Problem[];
  chosen: number | undefined;
  onChoose: (problem: number | undefined) => void;
  thumbnail: string | undefined;
}

/** A part to turn, cut open and measure. Its problems are coloured; a chosen one is flown to. */
export function MeshViewer({
  size,
  name,
  mesh,
  scale,
  problems,
  chosen,
  onChoose,
  thumbnail,
}: MeshViewerProps) {
  const [view, setView] = useState<ViewState>(plainView);
  const [ends, setEnds] = useState<readonly Vector3[]>([]);
  const [wish, setWish] = useState<CameraWish>({ number: 0, kind: 'fit' });
  const ask = (next: Wish) => setWish((last) => ({ ...next, number: last.number + 1 }));

  useEffect(() => {
    const places = chosen === undefined ? undefined : problems[chosen]?.places;
    const look = places && middleOf(places);
    if (look) ask({ kind: 'look', ...look });
  }, [chosen, problems]);

  const show = (next: ViewState) => {
    setView(next);
    if (!next.measure) setEnds([]);
  };
  const press = (event: KeyboardEvent) => {
    const action = keyActions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (typeof action === 'function') show(action(view));
    else ask(action);
  };
  return (
    <>
      <div
        className="viewer"
        tabIndex={0}
        role="application"
        aria-label={`${name} in 3D. Arrow keys turn it, plus and minus zoom, F fits it, W wireframe, B dimensions, X section, M measure.`}
        onKeyDown={press}
      >
        <Suspense fallback={<StillPicture src={thumbnail} name={name} />}>
          <MeshScene
            mesh={mesh}
            scale={scale}
            problems={problems}
            chosen={chosen}
            onChoose={onChoose}
            view={view}
            ends={ends}
            onMeasure={(point) => setEnds((last) => (last.length >= 2 ? [point] : [...last, point]))}
            wish={wish}
          />
        </Suspense>
      </div>
      <Tools
        view={view}
        onView={show}
        onFit={() => {
          onChoose(undefined);
          ask({ kind: 'fit' });
        }}
      />
      {view.box && (
        <Text size="sm" mt={6} role="status">
          {sizes(size)}
        </Text>
      )}
      {view.measure && (
        <Text size="sm" mt={6} role="status">
          {measured(ends)}
        </Text>
      )}
    </>
  );
}

const keyActions: Record<string, Wish | ((view: ViewState) => ViewState)> = {
  ArrowLeft: { kind: 'turn', around: -turnStep, up: 0 },
  ArrowRight: { kind: 'turn', around: turnStep, up: 0 },
  ArrowUp: { kind: 'turn', around: 0, up: -turnStep },
  ArrowDown: { kind: 'turn', around: 0, up: turnStep },
  '+': { kind: 'zoom', by: 0.85 },
  '-': { kind: 'zoom', by: 1 / 0.85 },
  f: { kind: 'fit' },
  w: (view) => ({ ...view, wireframe: !view.wireframe }),
  b: (view) => ({ ...view, box: !view.box }),
  m: (view) => ({ ...view, measure: !view.measure }),
  x: (view) => ({ ...view, section: view.section ? undefined : { axis: 'x', at: 0.5 } }),
};

const sizes = ([x, y, z]: readonly [number, number, number]): string =>
  `X ${millimetres(x)} (${inches(x)}), Y ${millimetres(y)} (${inches(y)}), Z ${millimetres(z)} (${inches(z)})`;

function measured([from, to]: readonly Vector3[]): string {
  if (!from) return 'Click the first point on the part.';
  if (!to) return 'Now the second point.';
  const mm = from.distanceTo(to);
  return `Distance ${millimetres(mm)} (${inches(mm)}). Click again to measure anew.`;
}

/** Middle and reach of a problem's places; the camera stands back enough to see what is around them. */
function middleOf(
  places: NonNullable<Problem['places']>,
): { at: [number, number, number]; reach: number } | undefined {
  const points = places.flat();
  if (points.length === 0) return undefined;
  const low = [0, 1, 2].map((axis) => Math.min(...points.map((point) => point[axis]!)));
  const high = [0, 1, 2].map((axis) => Math.max(...points.map((point) => point[axis]!)));
  const at = low.map((least, axis) => (least + high[axis]!) / 2) as [number, number, number];
  const reach = Math.hypot(...low.map((least, axis) => high[axis]! - least)) / 2;
  return { at, reach: Math.max(reach * 1.6, 2) };
}
