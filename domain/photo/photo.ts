export const photoTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const;
/** What cards take beside pictures (JT-38). */
export const attachmentTypes = [...photoTypes, 'application/pdf'] as const;
export type AttachmentType = (typeof attachmentTypes)[number];

/** Finished work; what the customer has in mind (JT-36); what a vendor or the shop has drawn for approval (JT-37). */
export const photoKinds = ['work', 'inspiration', 'vendor_drawing'] as const;
export type PhotoKind = (typeof photoKinds)[number];

/** Largest photo accepted, bytes. */
export const maximumPhotoBytes = 8_000_000;

/** A picture of a job, or a PDF on one of its cards. */
export interface Photo {
  id: string;
  jobId: string;
  /** Of finished work without one. */
  kind?: PhotoKind;
  /** Whose inspection it was taken at. */
  inspectionId?: string;
  name: string;
  caption?: string;
  bytes: number;
  state: 'awaiting_upload' | 'stored' | 'refused';
  /** By its bytes; known once it is stored. */
  type?: AttachmentType;
  /** The customer sees it. */
  shared: boolean;
  by: string;
  /** Came by a vendor's link. */
  byVendor?: boolean;
  createdAt: string;
}

const starts = (bytes: Uint8Array, text: string, at = 0): boolean =>
  bytes.length >= at + text.length &&
  [...text].every((char, index) => bytes[at + index] === char.charCodeAt(0));

/**
 * Tells the type from the first 12 bytes, never from the name; undefined for anything that such a photo can not be: only cards
 * take PDFs.
 */
export function sniffPhoto(head: Uint8Array, kind: PhotoKind = 'work'): AttachmentType | undefined {
  if (kind !== 'work' && starts(head, '%PDF-')) return 'application/pdf';
  if (starts(head, '\xff\xd8\xff')) return 'image/jpeg';
  if (starts(head, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (starts(head, 'RIFF') && starts(head, 'WEBP', 8)) return 'image/webp';
  if (starts(head, 'GIF87a') || starts(head, 'GIF89a')) return 'image/gif';
  return undefined;
}
