import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkFile } from '#lambdas/files/check-file.ts';
import { as3mf, asAsciiPly, asBinaryPly, asObj, threeMfModel } from '../support/mesh-files.ts';
import { processorTime } from '#tests/support/processor-time.ts';

const models = new URL('../models/', import.meta.url);
const cases = 20_000;
const longestCaseMs = 10_000;
const longestSeed = 6_000;

interface Seed {
  name: string;
  bytes: Uint8Array;
}

/** Numbers that are the same in every run (Marsaglia's xorshift with 32 bits), so that a failure can be repeated. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 0x1_0000_0000) * below);
  };
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}

/** Beginnings of all models: so short that thousands are checked in a second, whole where the model is small. */
async function seeds(): Promise<Seed[]> {
  const found = ['sound', 'broken'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, models)).map((file) => ({
      name: `${folder}/${file}`,
      bytes: new Uint8Array(readFileSync(new URL(`${folder}/${file}`, models)).subarray(0, longestSeed)),
    })),
  );
  const cube = readFileSync(new URL('sound/calib-cube20.stl', models));
  const { mesh } = await checkFile(whole(cube), { totalBytes: cube.length, keepMesh: true });
  return [
    ...found.filter(({ bytes }) => bytes.length > 0),
    { name: 'obj', bytes: asObj(mesh!) },
    { name: 'ascii ply', bytes: asAsciiPly(mesh!) },
    { name: 'little-endian ply', bytes: asBinaryPly(mesh!, true) },
    { name: 'big-endian ply', bytes: asBinaryPly(mesh!, false) },
    { name: '3mf', bytes: as3mf(threeMfModel(mesh!)) },
  ];
}

/** Flips bits, cuts, repeats a stretch, or writes digits and extremes over bytes. */
function damaged(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  let copy = bytes.slice();
  const rounds = 1 + random(4);
  for (let round = 0; round < rounds; round++) {
    const at = random(copy.length);
    switch (random(6)) {
      case 0:
        for (let flips = 1 + random(20); flips > 0; flips--) {
          const place = random(copy.length);
          copy[place] = copy[place]! ^ (1 << random(8));
        }
        break;
      case 1:
        copy = copy.slice(0, 1 + at);
        break;
      case 2:
        copy = Uint8Array.from([...copy.subarray(0, at), ...copy.subarray(at + random(64))]);
        break;
      case 3:
        copy = Uint8Array.from([...copy.subarray(0, at), ...copy.subarray(Math.max(0, at - 64))]);
        break;
      case 4:
        copy[at] = 0x30 + random(10);
        break;
      default:
        copy.fill([0, 0xff, 0x7f, 0x80][random(4)]!, at, at + 1 + random(8));
    }
    if (copy.length === 0) return bytes.slice(0, 1);
  }
  return copy;
}

describe('damaged files', () => {
  let all: Seed[];
  beforeAll(async () => {
    all = await seeds();
  });

  it(`${cases} of them, made from every model, all end in a report of finite numbers, none takes 10 s`, async () => {
    const random = randomNumbers(20_261_121);
    const verdicts = new Map<string, number>();
    let slowest = 0;
    for (let index = 0; index < cases; index++) {
      const seed = all[index % all.length]!;
      const bytes = damaged(seed.bytes, random);
      const spent = processorTime();
      const { report } = await checkFile(whole(bytes), {
        totalBytes: bytes.length,
        // The closer look costs most of the time; every eighth case is enough for it.
        quick: index % 8 !== 0,
      }).catch((error: unknown) => {
        throw new Error(`Case ${index}, made from ${seed.name}`, { cause: error });
      });
      slowest = Math.max(slowest, spent());
      JSON.stringify(report, (key, value: unknown) => {
        if (typeof value === 'number' && !Number.isFinite(value))
          throw new Error(`Case ${index}, made from ${seed.name}: ${key} is ${value}`);
        return value;
      });
      if (report.verdict === 'refused') expect(report.problems[0]!.message.length).toBeGreaterThan(20);
      verdicts.set(report.verdict, (verdicts.get(report.verdict) ?? 0) + 1);
    }
    expect(slowest).toBeLessThan(longestCaseMs);
    expect([...verdicts.keys()].sort()).toEqual(['fine', 'needs_repair', 'refused', 'warning']);
  }, 300_000);
});
