import { PNG } from 'pngjs';
import type { Logo } from '#domain/document/letterhead.ts';
import { sha256Of } from '../../adapters/hash.ts';
import { ApiError } from '../../http/problem.ts';

const mostPixels = 4_000_000;

/** A logo as it will be stored: looked at by its bytes, never by what its sender calls it. */
export interface ReadLogo extends Logo {
  content: Uint8Array;
}

/** @throws ApiError invalid_request when no document could show it */
export function readLogo(contentBase64: string): ReadLogo {
  const content = Buffer.from(contentBase64, 'base64');
  if (content.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n') return readPng(content);
  if (content.subarray(0, 3).toString('latin1') === '\xff\xd8\xff') return readJpeg(content);
  throw wrong('The logo must be a PNG or a JPEG.');
}

/** Written anew: without interlacing, which PDF does not know, and without anything that is not picture. */
function readPng(content: Buffer): ReadLogo {
  if (content.length < 33) throw wrong('The logo is cut off.');
  fits(content.readUInt32BE(16), content.readUInt32BE(20));
  try {
    const plain = PNG.sync.write(PNG.sync.read(content));
    return { type: 'png', content: plain, sha256: sha256Of(plain) };
  } catch {
    throw wrong('The logo is not a sound PNG. Save it anew and try again.');
  }
}

/** Its size stands in the first frame's head (SOF0 to SOF2; ITU-T T.81, B.2.2). */
function readJpeg(content: Buffer): ReadLogo {
  let at = 2;
  while (at + 9 <= content.length && content[at] === 0xff) {
    const marker = content[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xc2) {
      fits(content.readUInt16BE(at + 7), content.readUInt16BE(at + 5));
      return { type: 'jpeg', content, sha256: sha256Of(content) };
    }
    at += 2 + content.readUInt16BE(at + 2);
  }
  throw wrong('The logo is not a sound JPEG. Save it anew and try again.');
}

function fits(width: number, height: number): void {
  if (width < 1 || height < 1 || width * height > mostPixels)
    throw wrong(`The logo has ${width} x ${height} pixels; at most ${mostPixels / 1e6} million are taken.`);
}

const wrong = (message: string) => new ApiError('invalid_request', message, 'logo');
