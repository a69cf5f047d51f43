// Reads the facets of an ASCII STL as exporters write them, in AssemblyScript. Whatever is written otherwise is left to the
// reader in stl-ascii.ts, which knows all forms; the numbers that both read are the same to the last bit.
// `node scripts/build-wasm.ts` compiles it into ascii-facets-binary.ts.

// Fixed places in memory; ascii-facets.ts knows them too.
const POWERS_OF_TEN: usize = 0;
const TRIANGLES: usize = 256;

const MOST_EXACT_DIGITS: usize = 15;
const MOST_EXACT_POWER: i32 = 22;

const SPACE: u8 = 0x20;
const MINUS: u8 = 0x2d;
const PLUS: u8 = 0x2b;
const POINT: u8 = 0x2e;
const ZERO: u8 = 0x30;
const LOWER_CASE: u8 = 0x20;
const LETTER_E: u8 = 0x65;

// Eight letters at once, the first in the lowest byte.
const FACET: u64 = 0x0000_0074_6563_6166; // facet
const NORMAL: u64 = 0x0000_6c61_6d72_6f6e; // normal
const OUTER: u64 = 0x0000_0072_6574_756f; // outer
const LOOP: u64 = 0x0000_0000_706f_6f6c; // loop
const VERTEX: u64 = 0x0000_7865_7472_6576; // vertex
const ENDLOOP: u64 = 0x0070_6f6f_6c64_6e65; // endloop
const ENDFACET: u64 = 0x7465_6361_6664_6e65; // endfacet

let next: usize = 0;
let end: usize = 0;
let value: f64 = 0;

/** Where the first facet begins that was not read. */
export let stoppedAt: usize = 0;

export function begin(): void {
  let power: f64 = 1;
  for (let exponent: usize = 0; exponent <= <usize>MOST_EXACT_POWER; exponent++, power *= 10)
    store<f64>(POWERS_OF_TEN + (exponent << 3), power);
}

/**
 * Writes the corners of each facet from `from` on to TRIANGLES, nine float32 each, until one is not as expected, not all there by
 * `to`, or `most` are read. Sixteen bytes behind `to` must be readable.
 */
export function readFacets(from: usize, to: usize, most: u32): u32 {
  next = from;
  end = to;
  stoppedAt = from;
  let facets: u32 = 0;
  while (facets < most && readFacet(TRIANGLES + <usize>facets * 36)) {
    facets++;
    stoppedAt = next;
  }
  return facets;
}

function readFacet(at: usize): bool {
  if (!word(FACET, 5) || !word(NORMAL, 6)) return false;
  for (let axis = 0; axis < 3; axis++) if (!skipWord()) return false;
  if (!word(OUTER, 5) || !word(LOOP, 4)) return false;
  for (let corner: usize = 0; corner < 3; corner++) {
    if (!word(VERTEX, 6)) return false;
    for (let axis: usize = 0; axis < 3; axis++) {
      if (!number()) return false;
      store<f32>(at + corner * 12 + axis * 4, <f32>value);
    }
  }
  return word(ENDLOOP, 7) && word(ENDFACET, 8);
}

@inline
function toWord(): void {
  while (next < end && load<u8>(next) <= SPACE) next++;
}

/** Passes the word if it comes next, in any case, with a blank behind it. */
@inline
function word(letters: u64, length: usize): bool {
  toWord();
  if (next + length >= end) return false;
  const mask = length == 8 ? <u64>-1 : ((<u64>1) << (length << 3)) - 1;
  const lowered = (load<u64>(next) | 0x2020_2020_2020_2020) & mask;
  if (lowered != letters || load<u8>(next + length) > SPACE) return false;
  next += length;
  return true;
}

function skipWord(): bool {
  toWord();
  const start = next;
  while (next < end && load<u8>(next) > SPACE) next++;
  return next > start && next < end;
}

/** Reads a number that one operation makes exactly: up to 15 digits and a power of ten up to 22, with a blank behind it. */
function number(): bool {
  toWord();
  let byte = load<u8>(next);
  const negative = byte == MINUS;
  if (negative || byte == PLUS) byte = load<u8>(++next);
  let mantissa: u64 = 0;
  const first = next;
  while (<u8>(byte - ZERO) < 10) {
    mantissa = mantissa * 10 + (byte - ZERO);
    byte = load<u8>(++next);
  }
  let digits = next - first;
  let scale: i32 = 0;
  if (byte == POINT) {
    const after = ++next;
    byte = load<u8>(next);
    while (<u8>(byte - ZERO) < 10) {
      mantissa = mantissa * 10 + (byte - ZERO);
      byte = load<u8>(++next);
    }
    digits += next - after;
    scale = -(<i32>(next - after));
  }
  if (digits == 0 || digits > MOST_EXACT_DIGITS) return false;
  if ((byte | LOWER_CASE) == LETTER_E) {
    byte = load<u8>(++next);
    const below = byte == MINUS;
    if (below || byte == PLUS) byte = load<u8>(++next);
    const begins = next;
    let exponent: i32 = 0;
    while (<u8>(byte - ZERO) < 10) {
      exponent = exponent * 10 + (byte - ZERO);
      byte = load<u8>(++next);
    }
    if (next == begins || next > begins + 3) return false;
    scale += below ? -exponent : exponent;
  }
  if (next >= end || byte > SPACE || scale < -MOST_EXACT_POWER || scale > MOST_EXACT_POWER) return false;
  const power = load<f64>(POWERS_OF_TEN + (<usize>abs(scale) << 3));
  const size = scale < 0 ? <f64>mantissa / power : <f64>mantissa * power;
  value = negative ? -size : size;
  return true;
}
