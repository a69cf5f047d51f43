import { PNG } from 'pngjs';

/** Pictures are drawn twice as large and averaged: smooth edges without any further work. */
const oversampling = 2;

/** A transparent square of colours that ends as a PNG. */
export class Canvas {
  /** Pixels along a side while drawing. */
  readonly side: number;
  /** Red, green, blue, alpha; 0..255. */
  readonly pixels: Uint8ClampedArray;

  constructor(side: number) {
    this.side = side * oversampling;
    this.pixels = new Uint8ClampedArray(this.side * this.side * 4);
  }

  set(x: number, y: number, red: number, green: number, blue: number): void {
    if (x < 0 || y < 0 || x >= this.side || y >= this.side) return;
    const at = (y * this.side + x) * 4;
    this.pixels[at] = red;
    this.pixels[at + 1] = green;
    this.pixels[at + 2] = blue;
    this.pixels[at + 3] = 255;
  }

  png(): Buffer {
    const side = this.side / oversampling;
    const png = new PNG({ width: side, height: side });
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) this.#average(x, y, png.data, (y * side + x) * 4);
    return PNG.sync.write(png);
  }

  /** Colours weigh by how opaque they are, so that nothing of the empty ground shines through. */
  #average(x: number, y: number, into: Buffer, place: number): void {
    let red = 0;
    let green = 0;
    let blue = 0;
    let alpha = 0;
    for (let dy = 0; dy < oversampling; dy++)
      for (let dx = 0; dx < oversampling; dx++) {
        const at = ((y * oversampling + dy) * this.side + x * oversampling + dx) * 4;
        const weight = this.pixels[at + 3]!;
        red += this.pixels[at]! * weight;
        green += this.pixels[at + 1]! * weight;
        blue += this.pixels[at + 2]! * weight;
        alpha += weight;
      }
    if (alpha === 0) return;
    into[place] = Math.round(red / alpha);
    into[place + 1] = Math.round(green / alpha);
    into[place + 2] = Math.round(blue / alpha);
    into[place + 3] = Math.round(alpha / oversampling ** 2);
  }
}
