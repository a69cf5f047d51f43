import type { Content, Node } from 'pdfmake';
import type { Cell, Column, Section } from '#domain/document/document.ts';
import { colors, tableLayout, totalsLayout } from './theme.ts';

/** Words into words that the font has. */
export type Speak = (text: string) => string;

/** One section of a document in type. */
export function setSection(section: Section, accent: string, speak: Speak): Content {
  switch (section.kind) {
    case 'text':
      return {
        unbreakable: section.text.length < 600,
        stack: [...heading(section.heading, speak), { text: speak(section.text) }],
        margin: [0, section.heading ? 0 : 8, 0, 0],
      };
    case 'table':
      return [
        ...heading(section.heading, speak),
        {
          table: {
            headerRows: 1,
            keepWithHeaderRows: 1,
            dontBreakRows: true,
            widths: section.columns.map(({ width }) => (width === 'rest' ? '*' : 'auto')),
            body: [
              section.columns.map((column): Node => ({
                ...aligned(column),
                text: speak(column.label),
                style: 'columnHead',
              })),
              ...section.rows.map((row) =>
                row.map((cell, index) => setCell(cell, section.columns[index], speak)),
              ),
            ],
          },
          layout: tableLayout(accent),
        },
      ];
    case 'totals':
      return {
        unbreakable: true,
        margin: [0, 6, 0, 0],
        columns: [
          { width: '*', text: '' },
          {
            width: 'auto',
            table: {
              body: section.rows.map(({ label, value, strong }) => [
                { text: speak(label), ...(strong ? { style: 'total' } : {}) },
                { text: speak(value), alignment: 'right', noWrap: true, style: strong ? 'total' : 'figure' },
              ]),
            },
            layout: totalsLayout(accent),
          },
        ],
      };
    case 'checklist':
      return [
        ...heading(section.heading, speak),
        ...section.items.map((item): Content => ({
          columns: [
            {
              width: 16,
              canvas: [
                { type: 'rect', x: 0, y: 1.5, w: 8.5, h: 8.5, lineWidth: 0.8, lineColor: colors.quiet },
              ],
            },
            { width: '*', text: speak(item) },
          ],
          margin: [0, 1.5, 0, 1.5],
        })),
      ];
    case 'signature':
      return {
        unbreakable: true,
        margin: [0, 18, 0, 0],
        stack: [
          { text: speak(section.text) },
          {
            columnGap: 18,
            margin: [0, 26, 0, 0],
            columns: section.fields.map((field) => ({
              width: '*',
              stack: [
                {
                  canvas: [
                    { type: 'line', x1: 0, y1: 0, x2: 150, y2: 0, lineWidth: 0.6, lineColor: colors.quiet },
                  ],
                },
                { text: speak(field), style: 'label', margin: [0, 3, 0, 0] },
              ],
            })),
          },
        ],
      };
  }
}

const heading = (text: string | undefined, speak: Speak): Content[] =>
  text === undefined ? [] : [{ text: speak(text), style: 'heading', headlineLevel: 1 }];

const aligned = (column: Column | undefined) =>
  column?.align === 'right' ? ({ alignment: 'right', noWrap: true } as const) : {};

function setCell({ text, note }: Cell, column: Column | undefined, speak: Speak): Content {
  const style = column?.align === 'right' ? { style: 'figure' } : {};
  const main: Node = { text: speak(text), ...aligned(column), ...style };
  return note === undefined
    ? main
    : { stack: [main, { text: speak(note), style: 'small', ...aligned(column) }] };
}
