import { packPreview, unpackPreview } from '#domain/geometry/preview-mesh.ts';
import { previewDrawing } from '#domain/geometry/preview-drawing.ts';
import { keys, writeObject } from '../adapters/s3/files.ts';
import type { CheckedFile } from '../files/check-file.ts';
import { drawDrawing } from '../files/pictures/draw-drawing.ts';
import { drawMesh } from '../files/pictures/draw-mesh.ts';
import { logger } from '../logger.ts';

/** Pixels along a side. */
const thumbnailSide = 512;

/**
 * Stores what pages show of a file. Answers whether there is something to show; a file that can not be drawn is still a checked
 * file, so a failure is logged and no more.
 */
export async function storePreview(
  shopId: string,
  { sha256, mesh, drawing }: Pick<CheckedFile, 'sha256' | 'mesh' | 'drawing'>,
): Promise<boolean> {
  try {
    const pictures = mesh ? picturesOfMesh(mesh) : drawing && picturesOfDrawing(drawing);
    if (!pictures) return false;
    await Promise.all([
      writeObject(shopId, keys.preview(shopId, sha256), pictures.preview, pictures.contentType),
      writeObject(shopId, keys.thumbnail(shopId, sha256), pictures.thumbnail, 'image/png'),
    ]);
    return true;
  } catch (error) {
    logger.error('a file has no preview', {
      shopId,
      sha256,
      error: error instanceof Error ? error : new Error('unknown'),
    });
    return false;
  }
}

interface Pictures {
  preview: Uint8Array;
  contentType: string;
  thumbnail: Uint8Array;
}

function picturesOfMesh(mesh: NonNullable<CheckedFile['mesh']>): Pictures {
  const preview = packPreview(mesh);
  return {
    preview,
    contentType: 'application/octet-stream',
    thumbnail: drawMesh(unpackPreview(preview.buffer), thumbnailSide),
  };
}

function picturesOfDrawing(drawing: NonNullable<CheckedFile['drawing']>): Pictures {
  const preview = previewDrawing(drawing);
  return {
    preview: Buffer.from(JSON.stringify(preview)),
    contentType: 'application/json',
    thumbnail: drawDrawing(preview, thumbnailSide),
  };
}
