import { useEffect, useMemo } from 'react';
import { BoxGeometry, CanvasTexture, EdgesGeometry, Vector3, type Box3 } from 'three';
import { millimetres } from './lengths.ts';

/** The box around the part with its three lengths. */
export function BoxDimensions({ bounds, dark }: { bounds: Box3; dark: boolean }) {
  const size = bounds.getSize(new Vector3());
  const middle = bounds.getCenter(new Vector3());
  const edges = useMemo(
    () => new EdgesGeometry(new BoxGeometry(size.x, size.y, size.z)),
    [size.x, size.y, size.z],
  );
  useEffect(() => () => edges.dispose(), [edges]);
  const { min, max } = bounds;
  const height = size.length() / 16;
  return (
    <>
      <lineSegments geometry={edges} position={middle}>
        <lineBasicMaterial color={dark ? '#aab4c6' : '#5b6a83'} transparent opacity={0.8} />
      </lineSegments>
      <Label text={`X ${millimetres(size.x)}`} at={[middle.x, min.y, min.z]} height={height} dark={dark} />
      <Label text={`Y ${millimetres(size.y)}`} at={[max.x, middle.y, min.z]} height={height} dark={dark} />
      <Label text={`Z ${millimetres(size.z)}`} at={[min.x, min.y, middle.z]} height={height} dark={dark} />
    </>
  );
}

function Label({
  text,
  at,
  height,
  dark,
}: {
  text: string;
  at: readonly [number, number, number];
  height: number;
  dark: boolean;
}) {
  const [texture, aspect] = useMemo(() => written(text, dark), [text, dark]);
  useEffect(() => () => texture.dispose(), [texture]);
  return (
    <sprite position={[...at]} scale={[height * aspect, height, 1]} renderOrder={4}>
      <spriteMaterial map={texture} depthTest={false} transparent />
    </sprite>
  );
}

function written(text: string, dark: boolean): [CanvasTexture, number] {
  const canvas = document.createElement('canvas');
  canvas.width = 320;
  canvas.height = 80;
  const pen = canvas.getContext('2d');
  if (pen) {
    pen.font = '600 44px system-ui, sans-serif';
    const width = Math.min(312, pen.measureText(text).width + 32);
    pen.fillStyle = dark ? 'rgba(23,25,27,.82)' : 'rgba(255,255,255,.86)';
    pen.fillRect((canvas.width - width) / 2, 6, width, 68);
    pen.fillStyle = dark ? '#e8eefb' : '#1f2937';
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText(text, canvas.width / 2, canvas.height / 2, 304);
  }
  return [new CanvasTexture(canvas), canvas.width / canvas.height];
}
