/** One line of a drawing as its reader found it, in mm. */
export interface DrawingPiece {
  /** x0, y0, x1, y1, ...; a closed one does not repeat its first point. */
  points: readonly number[];
  closed: boolean;
  /** Exact where the source is a circle or arc, else the sum of the chords. */
  lengthMm: number;
  layer: string;
  /** #rrggbb */
  color?: string;
  /** An area that is filled without an outline: engraved, unless its layer says otherwise. */
  filled?: boolean;
}
