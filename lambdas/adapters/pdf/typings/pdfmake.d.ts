/**
 * What is used of pdfmake. The published types pull the browser's globals into every file of a program that never runs in one.
 */
export interface Node {
  text?: string;
  stack?: readonly Content[];
  columns?: readonly Content[];
  columnGap?: number;
  table?: Table;
  layout?: TableLayout;
  canvas?: readonly object[];
  image?: string;
  qr?: string;
  eccLevel?: 'L' | 'M' | 'Q' | 'H';
  /** Of an image: its box; of a QR code: its width. */
  fit?: readonly [number, number] | number;
  width?: number | '*' | 'auto';
  margin?: readonly [number, number, number, number];
  alignment?: 'left' | 'right';
  style?: string;
  color?: string;
  noWrap?: boolean;
  unbreakable?: boolean;
  pageBreak?: 'before';
  headlineLevel?: number;
}
export type Content = Node | readonly Content[];

export interface Table {
  headerRows?: number;
  keepWithHeaderRows?: number;
  dontBreakRows?: boolean;
  widths?: readonly ('*' | 'auto')[];
  body: readonly (readonly Content[])[];
}

export interface TableLayout {
  hLineWidth(row: number, node: { table: Table }): number;
  vLineWidth(): number;
  hLineColor(row: number): string;
  paddingLeft(column: number): number;
  paddingRight(column: number, node: { table: Table }): number;
  paddingTop(): number;
  paddingBottom(): number;
}

export interface Style {
  font?: string;
  fontSize?: number;
  bold?: boolean;
  color?: string;
  lineHeight?: number;
  margin?: readonly [number, number, number, number];
  fontFeatures?: readonly string[];
}

export interface Definition {
  pageSize: 'A4';
  pageMargins: readonly [number, number, number, number];
  language: string;
  displayTitle: boolean;
  info: {
    title: string;
    author: string;
    creator: string;
    producer: string;
    creationDate: Date;
    modDate: Date;
  };
  content: Content;
  footer(currentPage: number, pageCount: number): Content;
  pageBreakBefore(node: Node, following: { getFollowingNodesOnPage(): unknown[] }): boolean;
  images?: Record<string, string>;
  styles: Record<string, Style>;
  defaultStyle: Style;
}

declare const pdfmake: {
  virtualfs: { writeFileSync(name: string, content: Buffer): void };
  /** Families by name; files of the virtual disk. */
  setFonts(fonts: Record<string, Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>>): void;
  setUrlAccessPolicy(allows: (url: string) => boolean): void;
  setLocalAccessPolicy(allows: (path: string) => boolean): void;
  createPdf(definition: Definition): { getBuffer(): Promise<Buffer> };
};
export default pdfmake;
