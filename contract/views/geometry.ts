import * as z from 'zod';

const point = z.tuple([z.number(), z.number(), z.number()]);

/** What the check found in a file; lengths in mm. */
export const geometryReport = z
  .object({
    format: z.enum([
      'stl-binary',
      'stl-ascii',
      '3mf',
      'zip',
      'step',
      'obj',
      'ply',
      'dxf',
      'svg',
      'pdf',
      'png',
      'jpeg',
      '3dm',
      'unknown',
    ]),
    bytes: z.int(),
    triangles: z.int(),
    vertices: z.int(),
    boundingBoxMm: z.object({ min: point, max: point, size: point }),
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
    verdict: z.enum(['fine', 'warning', 'needs_repair', 'refused']),
    problems: z.array(
      z.object({
        code: z.string(),
        severity: z.enum(['note', 'warning', 'repair', 'refusal']),
        message: z.string(),
        count: z.int().optional(),
        place: point.optional(),
      }),
    ),
    kernelVersion: z.string(),
  })
  .meta({ id: 'GeometryReport' });
