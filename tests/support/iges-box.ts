type Point = readonly [number, number, number];

/** Unit flags of IGES 5.3, section 2.2.4.3. */
const units = { inch: ['1', '4HINCH'], mm: ['2', '2HMM'] } as const;

/**
 * The text of an IGES 5.3 file: the six sides of a box that stands in 0, 0, 0 as rational B-spline surfaces (entity 128) of degree one
 * in both directions.
 * @param size along x, y and z, in the file's unit
 */
export function igesBox([x, y, z]: Point, unit: keyof typeof units = 'mm'): string {
  const corner = (bits: number): Point => [bits & 1 ? x : 0, bits & 2 ? y : 0, bits & 4 ? z : 0];
  // Corners of each side: along its first direction, then one step along its second; the normal of the two points outwards.
  const sides = [
    [0, 2, 1, 3],
    [4, 5, 6, 7],
    [0, 1, 4, 5],
    [2, 6, 3, 7],
    [0, 4, 2, 6],
    [1, 3, 5, 7],
  ];
  const directory: string[] = [];
  const parameters: string[] = [];
  for (const side of sides) {
    const pointer = directory.length + 1;
    const knots = [0, 0, 1, 1];
    const values = [
      ...[128, 1, 1, 1, 1, 0, 0, 1, 0, 0],
      ...[...knots, ...knots, 1, 1, 1, 1].map(real),
      ...side.flatMap((bits) => corner(bits).map(real)),
      ...[0, 1, 0, 1].map(real),
    ];
    const first = parameters.length + 1;
    for (const text of wrapped(values.map(String), 64))
      parameters.push(`${text.padEnd(64)}${String(pointer).padStart(8)}`);
    const count = parameters.length + 1 - first;
    directory.push(
      [128, first, 0, 0, 0, 0, 0, 0, '00000000'].map(field).join(''),
      [128, 0, 0, count, 0, '', '', '', 0].map(field).join(''),
    );
  }
  const [flag, name] = units[unit];
  const global = wrapped(
    [
      '1H,',
      '1H;',
      '3Hbox',
      '7Hbox.igs',
      '4HKerf',
      '3H1.0',
      ...['32', '38', '6', '308', '15'],
      '3Hbox',
      '1.',
      flag,
      name,
      ...['1', '0.01', '15H20260101.000000', '1.E-06', '1000.', '', '', '11', '0'],
    ],
    72,
  );
  const section = (letter: string, lines: readonly string[]) =>
    lines.map((line, at) => `${line.padEnd(72)}${letter}${String(at + 1).padStart(7)}`);
  const all = [
    section('S', ['A box']),
    section('G', global),
    section('D', directory),
    section('P', parameters),
  ];
  const counts = all.map((lines, at) => `${'SGDP'[at]}${String(lines.length).padStart(7)}`).join('');
  return `${[...all.flat(), ...section('T', [counts])].join('\n')}\n`;
}

const field = (value: number | string): string => String(value).padStart(8);
const real = (value: number): string => (Number.isInteger(value) ? `${value}.` : String(value));

/** Values with commas between and a semicolon behind, on lines of at most this width; no value is split. */
function wrapped(values: readonly string[], width: number): string[] {
  const lines = [''];
  values.forEach((value, at) => {
    const text = value + (at + 1 < values.length ? ',' : ';');
    if (lines.at(-1)!.length + text.length > width) lines.push('');
    lines[lines.length - 1] += text;
  });
  return lines;
}
