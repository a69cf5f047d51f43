declare module 'occt-import-js' {
  interface OcctMesh {
    attributes: { position: { array: number[] } };
    index: { array: number[] };
  }
  type OcctResult = { success: true; meshes: OcctMesh[] } | { success: false };
  type Read = (content: Uint8Array, options: object) => OcctResult;
  /** The tessellating part of OpenCascade; one instance keeps its memory until its thread ends. */
  export default function createOcct(options: {
    wasmBinary: Uint8Array;
  }): Promise<{ ReadStepFile: Read; ReadIgesFile: Read }>;
}
