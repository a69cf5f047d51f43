/** Lengths of a box along x, y and z, in the file's unit. */
type Size = readonly [number, number, number];

const units = {
  mm: ['(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.))'],
  inch: [
    "(CONVERSION_BASED_UNIT('INCH',#9)LENGTH_UNIT()NAMED_UNIT(#8))",
    'DIMENSIONAL_EXPONENTS(1.,0.,0.,0.,0.,0.,0.)',
    'LENGTH_MEASURE_WITH_UNIT(LENGTH_MEASURE(25.4),#7)',
    '(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.))',
  ],
};

/** The STEP text (ISO 10303-21, AP214) of boxes standing at the given corners: planar faces, straight edges, one solid each. */
export function stepBoxes(
  boxes: readonly { size: Size; at?: Size }[],
  unit: keyof typeof units = 'mm',
): string {
  const lines: string[] = [];
  let next = 100;
  const add = (text: string): string => {
    lines.push(`#${next}=${text};`);
    return `#${next++}`;
  };
  const real = (value: number) => (Number.isInteger(value) ? `${value}.` : String(value));
  const triple = (kind: string, [x, y, z]: Size) => add(`${kind}('',(${real(x)},${real(y)},${real(z)}))`);
  const solids = boxes.map(({ size, at = [0, 0, 0] }) => {
    const corner = (bits: number): Size => [
      at[0] + (bits & 1 ? size[0] : 0),
      at[1] + (bits & 2 ? size[1] : 0),
      at[2] + (bits & 4 ? size[2] : 0),
    ];
    const vertices = Array.from({ length: 8 }, (_, bits) =>
      add(`VERTEX_POINT('',${triple('CARTESIAN_POINT', corner(bits))})`),
    );
    const edges = new Map<string, string>();
    const edge = (from: number, to: number): string => {
      const forward = from < to;
      const [low, high] = forward ? [from, to] : [to, from];
      const key = `${low} ${high}`;
      let curve = edges.get(key);
      if (!curve) {
        const axis = [1, 2, 4].indexOf(low ^ high);
        const direction: Size = [axis === 0 ? 1 : 0, axis === 1 ? 1 : 0, axis === 2 ? 1 : 0];
        const vector = add(`VECTOR('',${triple('DIRECTION', direction)},1.)`);
        const line = add(`LINE('',${triple('CARTESIAN_POINT', corner(low))},${vector})`);
        curve = add(`EDGE_CURVE('',${vertices[low]},${vertices[high]},${line},.T.)`);
        edges.set(key, curve);
      }
      return add(`ORIENTED_EDGE('',*,*,${curve},${forward ? '.T.' : '.F.'})`);
    };
    // Corners counter-clockwise seen from outside, the face's normal, and a direction within it.
    const sides: [number[], Size, Size][] = [
      [
        [0, 2, 3, 1],
        [0, 0, -1],
        [1, 0, 0],
      ],
      [
        [4, 5, 7, 6],
        [0, 0, 1],
        [1, 0, 0],
      ],
      [
        [0, 1, 5, 4],
        [0, -1, 0],
        [1, 0, 0],
      ],
      [
        [2, 6, 7, 3],
        [0, 1, 0],
        [1, 0, 0],
      ],
      [
        [0, 4, 6, 2],
        [-1, 0, 0],
        [0, 1, 0],
      ],
      [
        [1, 3, 7, 5],
        [1, 0, 0],
        [0, 1, 0],
      ],
    ];
    const faces = sides.map(([corners, normal, within]) => {
      const loop = add(
        `EDGE_LOOP('',(${corners.map((from, k) => edge(from, corners[(k + 1) % 4]!)).join(',')}))`,
      );
      const place = add(
        `AXIS2_PLACEMENT_3D('',${triple('CARTESIAN_POINT', corner(corners[0]!))},${triple('DIRECTION', normal)},${triple('DIRECTION', within)})`,
      );
      return add(
        `ADVANCED_FACE('',(${add(`FACE_OUTER_BOUND('',${loop},.T.)`)}),${add(`PLANE('',${place})`)},.T.)`,
      );
    });
    return add(`MANIFOLD_SOLID_BREP('',${add(`CLOSED_SHELL('',(${faces.join(',')}))`)})`);
  });
  const shape = add(`ADVANCED_BREP_SHAPE_REPRESENTATION('',(${solids.join(',')}),#10)`);
  const unitLines = units[unit].map((text, k) => `#${[6, 8, 9, 7][k]}=${text};`);
  return [
    'ISO-10303-21;',
    'HEADER;',
    "FILE_DESCRIPTION((''),'2;1');",
    "FILE_NAME('box','2026-01-01T00:00:00',(''),(''),'','','');",
    "FILE_SCHEMA(('AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }'));",
    'ENDSEC;',
    'DATA;',
    "#1=APPLICATION_CONTEXT('automotive design');",
    "#2=PRODUCT_CONTEXT('',#1,'mechanical');",
    "#3=PRODUCT('box','box','',(#2));",
    "#4=PRODUCT_DEFINITION_FORMATION('','',#3);",
    "#5=PRODUCT_DEFINITION('design','',#4,#11);",
    ...unitLines,
    '#10=(GEOMETRIC_REPRESENTATION_CONTEXT(3)GLOBAL_UNCERTAINTY_ASSIGNED_CONTEXT((#14))GLOBAL_UNIT_ASSIGNED_CONTEXT((#6,#12,#13))' +
      "REPRESENTATION_CONTEXT('',''));",
    "#11=PRODUCT_DEFINITION_CONTEXT('part definition',#1,'design');",
    '#12=(NAMED_UNIT(*)PLANE_ANGLE_UNIT()SI_UNIT($,.RADIAN.));',
    '#13=(NAMED_UNIT(*)SI_UNIT($,.STERADIAN.)SOLID_ANGLE_UNIT());',
    "#14=UNCERTAINTY_MEASURE_WITH_UNIT(LENGTH_MEASURE(1.E-07),#6,'','');",
    "#15=PRODUCT_DEFINITION_SHAPE('','',#5);",
    ...lines,
    `#16=SHAPE_DEFINITION_REPRESENTATION(#15,${shape});`,
    'ENDSEC;',
    'END-ISO-10303-21;',
    '',
  ].join('\n');
}
