/** What to send instead of a file that can not be read. */
export const acceptedKinds =
  'Kinds we can measure: STL (binary and ASCII), OBJ, PLY and 3MF. Export the part as one of these and send that.';
