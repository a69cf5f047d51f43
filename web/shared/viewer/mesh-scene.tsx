import { useComputedColorScheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { Canvas, type ThreeEvent } from '@react-three/fiber';
import { useEffect, useMemo, useState } from 'react';
import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  EdgesGeometry,
  BackSide,
  Plane,
  Vector3,
  type Box3,
} from 'three';
import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';
import { BoxDimensions } from './box-dimensions.tsx';
import { CameraRig, type CameraWish } from './camera-rig.tsx';
import { linesOf, severityColours, type Problem } from './places.ts';
import type { ViewState } from './tools.tsx';

/** Sharp edges are drawn for meshes up to this size; finding them takes long above it. */
const mostTrianglesWithEdges = 60_000;
const sharpDegrees = 30;
const axes = { x: new Vector3(-1, 0, 0), y: new Vector3(0, -1, 0), z: new Vector3(0, 0, -1) };

export interface MeshSceneProps {
  mesh: IndexedMesh;
  /** What the numbers of the preview are multiplied by, after somebody chose another unit. */
  scale: number;
  problems: readonly Problem[];
  /** Place of the chosen problem in `problems`. */
  chosen: number | undefined;
  onChoose: (problem: number) => void;
  view: ViewState;
  /** Ends of the measured line. */
  ends: readonly Vector3[];
  onMeasure: (point: Vector3) => void;
  wish: CameraWish;
}

export default function MeshScene(props: MeshSceneProps) {
  const dark = useComputedColorScheme('light') === 'dark';
  const still = useReducedMotion();
  const geometry = useGeometry(props.mesh, props.scale);
  const bounds = geometry.boundingBox!;
  const reach = bounds.getSize(new Vector3()).length() / 2 || 1;
  return (
    <Canvas
      frameloop="demand"
      dpr={[1, 2]}
      camera={{ fov: 35, up: [0, 0, 1], near: reach / 100, far: reach * 100 }}
      gl={{ antialias: true, alpha: true }}
      onCreated={({ gl }) => {
        gl.localClippingEnabled = true;
      }}
      // A line is hit within a share of the part's size.
      raycaster={{ params: { Line: { threshold: reach / 60 } } as never }}
    >
      <hemisphereLight args={[dark ? '#dfe8ff' : '#ffffff', dark ? '#3b4252' : '#9aa4b5', 1.6]} />
      <directionalLight position={[reach, -2 * reach, 3 * reach]} intensity={1.6} />
      <directionalLight position={[-2 * reach, reach, -reach]} intensity={0.5} />
      <CameraRig bounds={bounds} wish={props.wish} still={still} />
      <Part {...props} geometry={geometry} bounds={bounds} dark={dark} />
      {props.problems.map((problem, at) => (
        <ProblemLines
          key={problem.code}
          problem={problem}
          crossSize={reach / 40}
          faded={props.chosen !== undefined && props.chosen !== at}
          onChoose={() => props.onChoose(at)}
        />
      ))}
      {props.view.box && <BoxDimensions bounds={bounds} dark={dark} />}
      <MeasuredLine ends={props.ends} size={reach / 60} />
    </Canvas>
  );
}

function useGeometry({ positions, triangles }: IndexedMesh, scale: number): BufferGeometry {
  const geometry = useMemo(() => {
    const made = new BufferGeometry();
    made.setAttribute(
      'position',
      new BufferAttribute(
        positions.map((value) => value * scale),
        3,
      ),
    );
    made.setIndex(new BufferAttribute(Uint32Array.from(triangles), 1));
    made.computeBoundingBox();
    return made;
  }, [positions, triangles, scale]);
  useEffect(() => () => geometry.dispose(), [geometry]);
  return geometry;
}

function Part({
  geometry,
  bounds,
  view,
  dark,
  onMeasure,
}: MeshSceneProps & { geometry: BufferGeometry; bounds: Box3; dark: boolean }) {
  const edges = useMemo(
    () =>
      geometry.index!.count / 3 <= mostTrianglesWithEdges
        ? new EdgesGeometry(geometry, sharpDegrees)
        : undefined,
    [geometry],
  );
  useEffect(() => () => edges?.dispose(), [edges]);
  const { section } = view;
  const clipping = useMemo(() => {
    if (!section) return null;
    const at = bounds.min[section.axis] + (bounds.max[section.axis] - bounds.min[section.axis]) * section.at;
    return [new Plane(axes[section.axis], at)];
  }, [bounds, section]);
  const take = (event: ThreeEvent<MouseEvent>) => {
    if (!view.measure || event.delta > 4) return;
    event.stopPropagation();
    onMeasure(event.point.clone());
  };
  return (
    <>
      <mesh geometry={geometry} onClick={take}>
        <meshStandardMaterial
          color={dark ? '#8fa3c4' : '#9fb2cf'}
          roughness={0.75}
          flatShading
          side={section ? 0 : DoubleSide}
          clippingPlanes={clipping}
          polygonOffset
          polygonOffsetFactor={1}
          polygonOffsetUnits={1}
        />
      </mesh>
      {clipping && (
        // What is seen through the cut is the inside.
        <mesh geometry={geometry}>
          <meshBasicMaterial color={dark ? '#b8743a' : '#e7a66b'} side={BackSide} clippingPlanes={clipping} />
        </mesh>
      )}
      {view.wireframe && (
        <mesh geometry={geometry}>
          <meshBasicMaterial
            color={dark ? '#e8eefb' : '#1f3357'}
            wireframe
            transparent
            opacity={0.35}
            clippingPlanes={clipping}
          />
        </mesh>
      )}
      {edges && !view.wireframe && (
        <lineSegments geometry={edges}>
          <lineBasicMaterial
            color={dark ? '#dfe7f5' : '#33435f'}
            transparent
            opacity={0.55}
            clippingPlanes={clipping}
          />
        </lineSegments>
      )}
    </>
  );
}

/** Seen through the part, so that none hides behind it. */
function ProblemLines({
  problem,
  crossSize,
  faded,
  onChoose,
}: {
  problem: Problem;
  crossSize: number;
  faded: boolean;
  onChoose: () => void;
}) {
  const [over, setOver] = useState(false);
  const lines = useMemo(() => linesOf(problem, crossSize), [problem, crossSize]);
  if (lines.length === 0) return null;
  return (
    <lineSegments
      key={lines.length}
      renderOrder={2}
      onClick={(event) => {
        event.stopPropagation();
        onChoose();
      }}
      onPointerOver={() => setOver(true)}
      onPointerOut={() => setOver(false)}
    >
      <bufferGeometry>
        <bufferAttribute attach="attributes-position" args={[lines, 3]} />
      </bufferGeometry>
      <lineBasicMaterial
        color={severityColours[problem.severity]}
        depthTest={false}
        transparent
        opacity={faded && !over ? 0.25 : 1}
      />
    </lineSegments>
  );
}

function MeasuredLine({ ends, size }: { ends: readonly Vector3[]; size: number }) {
  const [from, to] = ends;
  const line = useMemo(
    () => (from && to ? Float32Array.from([...from.toArray(), ...to.toArray()]) : undefined),
    [from, to],
  );
  return (
    <>
      {ends.map((end, at) => (
        <mesh key={at} position={end} renderOrder={3}>
          <sphereGeometry args={[size, 16, 12]} />
          <meshBasicMaterial color="#c2255c" depthTest={false} />
        </mesh>
      ))}
      {line && (
        <lineSegments key={line.join()} renderOrder={3}>
          <bufferGeometry>
            <bufferAttribute attach="attributes-position" args={[line, 3]} />
          </bufferGeometry>
          <lineBasicMaterial color="#c2255c" depthTest={false} />
        </lineSegments>
      )}
    </>
  );
}
