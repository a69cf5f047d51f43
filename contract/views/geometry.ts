import * as z from 'zod';

const point = z.tuple([z.number(), z.number(), z.number()]);
const box = z.object({ min: point, max: point, size: point });
export const lengthUnit = z.enum(['micron', 'mm', 'cm', 'm', 'inch', 'foot', 'px']);
export const layerUse = z.enum(['cut', 'engrave', 'ignore']);

const problem = z.object({
  code: z.string(),
  severity: z.enum(['note', 'warning', 'repair', 'refusal']),
  message: z.string(),
  count: z.int().optional(),
  /** Points, edges (two points) or faces (three); of many only some. */
  places: z.array(z.array(point)).optional(),
});

const base = z.object({
  format: z.enum([
    'stl-binary',
    'stl-ascii',
    '3mf',
    'zip',
    'step',
    'iges',
    'obj',
    'ply',
    'dxf',
    'svg',
    'pdf',
    'png',
    'jpeg',
    'webp',
    'gif',
    '3dm',
    'unknown',
  ]),
  bytes: z.int(),
  verdict: z.enum(['fine', 'warning', 'needs_repair', 'refused']),
  problems: z.array(problem),
  kernelVersion: z.string(),
});

const measured = base.extend({
  /** By which unit the file's numbers were read, and who says so. */
  unit: z.object({ name: lengthUnit, source: z.enum(['stated', 'assumed', 'chosen']) }),
  proposedUnit: lengthUnit.optional(),
});

export const meshReport = measured.extend({
  kind: z.literal('mesh'),
  triangles: z.int(),
  vertices: z.int(),
  boundingBoxMm: box,
  volumeMm3: z.number(),
  areaMm2: z.number(),
  shells: z.int(),
  openEdges: z.int(),
  openEdgesAfterWeld: z.int(),
  nonManifoldEdges: z.int(),
  unbalancedEdges: z.int(),
  inconsistentEdges: z.int(),
  degenerateFaces: z.int(),
  duplicateFaces: z.int(),
  watertight: z.boolean(),
  insideOut: z.boolean(),
  walls: z.object({ thinnestMm: z.number(), samples: z.int(), spacingMm: z.number() }).optional(),
});

const drawingReport = measured.extend({
  kind: z.literal('drawing'),
  boundingBoxMm: box,
  cutLengthMm: z.number(),
  pierces: z.int(),
  closedContours: z.int(),
  openContours: z.int(),
  duplicateLines: z.int(),
  enclosedAreaMm2: z.number(),
  engravedLengthMm: z.number(),
  engravedAreaMm2: z.number(),
  layers: z.array(
    z.object({
      name: z.string(),
      color: z.string().optional(),
      use: layerUse,
      contours: z.int(),
      lengthMm: z.number(),
    }),
  ),
});

const attachmentReport = base.extend({ kind: z.literal('attachment') });

/** What the check found in a file; lengths in mm. */
export const geometryReport = z
  .discriminatedUnion('kind', [meshReport, drawingReport, attachmentReport])
  .meta({ id: 'GeometryReport' });
