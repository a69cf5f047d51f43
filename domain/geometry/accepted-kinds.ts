/** What to send instead of a file that can not be read. */
export const acceptedKinds =
  'Kinds we can measure: STL, OBJ, PLY, 3MF, STEP, IGES and Rhino 3DM for bodies, DXF and SVG for drawings. Export the part as one of these and send that.';
