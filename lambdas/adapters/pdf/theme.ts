import type { Style, TableLayout } from 'pdfmake';

/** Looks of every document, in points (1/72 inch) on A4. */
export const page = {
  size: 'A4',
  margins: [42, 40, 42, 56],
  /** Width between the margins. */
  width: 511,
} as const;

export const colors = { text: '#1b1f24', quiet: '#57606a', rule: '#d0d7de' } as const;

export const logoBox: [number, number] = [170, 54];
export const qrWidth = 74;

export const font = 'Roboto';
/** Digits of one width, so that amounts align. */
const figures = ['kern', 'tnum'] as const;

export const styles: Record<string, Style> = {
  shop: { fontSize: 13, bold: true },
  small: { fontSize: 8, color: colors.quiet },
  title: { fontSize: 20, bold: true },
  heading: { fontSize: 10.5, bold: true, margin: [0, 12, 0, 4] },
  label: { fontSize: 8, color: colors.quiet },
  columnHead: { fontSize: 8, color: colors.quiet },
  figure: { fontFeatures: figures },
  total: { bold: true, fontSize: 11.5, fontFeatures: figures },
};

export const defaultStyle = { font, fontSize: 9.5, lineHeight: 1.18, color: colors.text };

/** Thin rules between rows, a stronger one under the head in the shop's colour. */
export const tableLayout = (accent: string): TableLayout => ({
  hLineWidth: (row, node) => (row === 0 || row === node.table.body.length ? 0 : row === 1 ? 1 : 0.5),
  vLineWidth: () => 0,
  hLineColor: (row) => (row === 1 ? accent : colors.rule),
  paddingLeft: (column) => (column === 0 ? 0 : 6),
  paddingRight: (column, node) => (column === (node.table.widths?.length ?? 0) - 1 ? 0 : 6),
  paddingTop: () => 4,
  paddingBottom: () => 4,
});

/** The sums: a rule above the last row. */
export const totalsLayout = (accent: string): TableLayout => ({
  hLineWidth: (row, node) => (row === node.table.body.length - 1 ? 1 : 0),
  vLineWidth: () => 0,
  hLineColor: () => accent,
  paddingLeft: () => 6,
  paddingRight: (column) => (column === 1 ? 0 : 6),
  paddingTop: () => 3,
  paddingBottom: () => 3,
});
