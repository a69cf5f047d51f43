import type { Letterhead } from './letterhead.ts';

export const documentKinds = [
  'quote',
  'pro_forma',
  'invoice',
  'credit_note',
  'purchase_order',
  'packing_slip',
  'traveler',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** Whose hands the paper is for. A traveler exists once for each of counter, bench and customer. */
export type Audience = 'counter' | 'bench' | 'customer' | 'vendor';

/** Text of a cell, and small print below it. */
export interface Cell {
  text: string;
  note?: string;
}

export interface Column {
  label: string;
  /** Figures stand to the right, so that their digits align. */
  align: 'left' | 'right';
  /** One column takes what the others leave. */
  width: 'rest' | 'fit';
}

export type Section =
  | { kind: 'text'; heading?: string; text: string }
  | { kind: 'table'; heading?: string; columns: readonly Column[]; rows: readonly (readonly Cell[])[] }
  | { kind: 'totals'; rows: readonly { label: string; value: string; strong?: true }[] }
  | { kind: 'checklist'; heading: string; items: readonly string[] }
  /** Lines to write on by hand. */
  | { kind: 'signature'; text: string; fields: readonly string[] };

export interface LabelledValue {
  label: string;
  value: string;
}

/** A document as words and figures, all of them formatted: what is left is to set it in type. */
export interface DocumentModel {
  kind: DocumentKind;
  audience: Audience;
  title: string;
  /** What the paper is filed under, e.g. `INV-000012`. */
  number: string;
  /** Without an ending; letters, digits, dashes. */
  fileName: string;
  /** BCP 47. */
  language: string;
  /** The instant the document speaks of, ISO 8601: the same content at the same instant is the same file. */
  instant: string;
  letterhead: Letterhead;
  facts: readonly LabelledValue[];
  to?: { heading: string; lines: readonly string[] };
  sections: readonly Section[];
  /** What a phone's camera opens. */
  qr?: { payload: string; caption: string };
}

/** `Pièce №1` -> `Piece-1`: safe as a file's name anywhere. */
export const fileNameOf = (...parts: string[]): string =>
  parts
    .join('-')
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80);
