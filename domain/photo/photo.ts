export const photoTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const;
export type PhotoType = (typeof photoTypes)[number];

/** Largest photo accepted, bytes. */
export const maximumPhotoBytes = 8_000_000;

/** A picture of finished work: of a job, and of the inspection it was taken at. */
export interface Photo {
  id: string;
  jobId: string;
  inspectionId?: string;
  name: string;
  caption?: string;
  bytes: number;
  state: 'awaiting_upload' | 'stored' | 'refused';
  /** By its bytes; known once it is stored. */
  type?: PhotoType;
  /** The customer sees it. */
  shared: boolean;
  by: string;
  createdAt: string;
}

const starts = (bytes: Uint8Array, text: string, at = 0): boolean =>
  bytes.length >= at + text.length &&
  [...text].every((char, index) => bytes[at + index] === char.charCodeAt(0));

/** Tells a picture's type from its first 12 bytes, never from its name; undefined for anything else. */
export function sniffPhoto(head: Uint8Array): PhotoType | undefined {
  if (starts(head, '\xff\xd8\xff')) return 'image/jpeg';
  if (starts(head, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (starts(head, 'RIFF') && starts(head, 'WEBP', 8)) return 'image/webp';
  if (starts(head, 'GIF87a') || starts(head, 'GIF89a')) return 'image/gif';
  return undefined;
}
