import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useRef } from 'react';
import { Spherical, Vector3, type Box3, type PerspectiveCamera } from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';

/** What the camera is asked to do; a new number asks again. */
export type CameraWish =
  | { number: number; kind: 'fit' }
  | { number: number; kind: 'look'; at: readonly [number, number, number]; reach: number }
  | { number: number; kind: 'turn'; around: number; up: number }
  | { number: number; kind: 'zoom'; by: number };

interface Stand {
  position: Vector3;
  target: Vector3;
}

const flightSeconds = 0.45;
/** Air around a part that fills the picture. */
const fitMargin = 1.12;
const firstLook = new Vector3(0.48, -0.69, 0.54).normalize();

/** Orbits by mouse and finger, and goes where it is wished; it flies there unless the person wants nothing to move. */
export function CameraRig({ bounds, wish, still }: { bounds: Box3; wish: CameraWish; still: boolean }) {
  const camera = useThree((state) => state.camera) as PerspectiveCamera;
  const element = useThree((state) => state.gl.domElement);
  const invalidate = useThree((state) => state.invalidate);
  const aspect = useThree((state) => state.size.width / Math.max(1, state.size.height));
  const controls = useRef<OrbitControls>(null);
  const flight = useRef<{ from: Stand; to: Stand; passed: number }>(null);
  const placed = useRef<Box3>(null);

  useEffect(() => {
    const made = new OrbitControls(camera, element);
    made.addEventListener('change', () => invalidate());
    controls.current = made;
    return () => made.dispose();
  }, [camera, element, invalidate]);

  useEffect(() => {
    const orbit = controls.current;
    if (!orbit) return;
    const now = { position: camera.position.clone(), target: orbit.target.clone() };
    const first = placed.current !== bounds;
    placed.current = bounds;
    const to = first ? fitted(bounds, camera, aspect, firstLook) : stand(wish, now, bounds, camera, aspect);
    const moves = wish.kind === 'turn' || wish.kind === 'zoom';
    if (first || still || moves) place(camera, orbit, to);
    else flight.current = { from: now, to, passed: 0 };
    invalidate();
  }, [wish, bounds, camera, aspect, still, invalidate]);

  useFrame((_, delta) => {
    const orbit = controls.current;
    const now = flight.current;
    if (!orbit || !now) return;
    now.passed = Math.min(1, now.passed + Math.min(delta, 0.05) / flightSeconds);
    const eased = now.passed * now.passed * (3 - 2 * now.passed);
    place(camera, orbit, {
      position: now.from.position.clone().lerp(now.to.position, eased),
      target: now.from.target.clone().lerp(now.to.target, eased),
    });
    if (now.passed === 1) flight.current = null;
    invalidate();
  });
  return null;
}

function place(camera: PerspectiveCamera, orbit: OrbitControls, { position, target }: Stand): void {
  camera.position.copy(position);
  orbit.target.copy(target);
  orbit.update();
}

function stand(wish: CameraWish, now: Stand, bounds: Box3, camera: PerspectiveCamera, aspect: number): Stand {
  const offset = now.position.clone().sub(now.target);
  switch (wish.kind) {
    case 'fit':
      return fitted(bounds, camera, aspect, offset.normalize());
    case 'look': {
      const target = new Vector3(...wish.at);
      const distance = distanceFor(wish.reach, camera, aspect);
      // From outside: along the line from the part's middle through the place.
      const out = target.clone().sub(bounds.getCenter(new Vector3()));
      const direction =
        out.length() > 1e-6 ? out.normalize().add(offset.normalize()).normalize() : offset.normalize();
      return { target, position: target.clone().add(direction.multiplyScalar(distance)) };
    }
    case 'turn': {
      // Spherical counts its angle from y; the part's up is z.
      const turned = new Spherical().setFromCartesianCoords(offset.x, offset.z, -offset.y);
      turned.theta += wish.around;
      turned.phi += wish.up;
      turned.makeSafe();
      const around = new Vector3().setFromSpherical(turned);
      return {
        target: now.target,
        position: now.target.clone().add(new Vector3(around.x, -around.z, around.y)),
      };
    }
    case 'zoom':
      return { target: now.target, position: now.target.clone().add(offset.multiplyScalar(wish.by)) };
  }
}

/** Looking this way, as near as the whole box allows. */
function fitted(bounds: Box3, camera: PerspectiveCamera, aspect: number, direction: Vector3): Stand {
  const target = bounds.getCenter(new Vector3());
  const across = new Vector3().crossVectors(camera.up, direction).normalize();
  const upwards = new Vector3().crossVectors(direction, across);
  const tangent = Math.tan((camera.fov * Math.PI) / 360);
  let distance = 1e-3;
  for (let corner = 0; corner < 8; corner++) {
    const from = new Vector3(
      (corner & 1 ? bounds.max : bounds.min).x,
      (corner & 2 ? bounds.max : bounds.min).y,
      (corner & 4 ? bounds.max : bounds.min).z,
    ).sub(target);
    const nearer = from.dot(direction);
    const needed = Math.max(
      Math.abs(from.dot(across)) / (tangent * aspect),
      Math.abs(from.dot(upwards)) / tangent,
    );
    distance = Math.max(distance, nearer + needed * fitMargin);
  }
  return { target, position: target.clone().add(direction.clone().multiplyScalar(distance)) };
}

/** How far away a ball of this radius fills the picture. */
function distanceFor(reach: number, camera: PerspectiveCamera, aspect: number): number {
  const half = (camera.fov * Math.PI) / 360;
  const narrow = Math.min(half, Math.atan(Math.tan(half) * aspect));
  return reach / Math.sin(narrow);
}
