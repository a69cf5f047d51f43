import pdfmake, { type Content, type Definition } from 'pdfmake';
import fontFiles from 'pdfmake/build/vfs_fonts.js';
import type { DocumentModel } from '#domain/document/document.ts';
import { missingSign, printable } from './font-coverage.ts';
import { setSection, type Speak } from './set-section.ts';
import { colors, defaultStyle, font, logoBox, page, qrWidth, styles } from './theme.ts';

const regular = 'Roboto-Regular.ttf';
const strong = 'Roboto-Medium.ttf';
for (const name of [regular, strong]) {
  const content = fontFiles[name];
  if (content === undefined) throw new Error(`pdfmake brings no font file ${name}`);
  pdfmake.virtualfs.writeFileSync(name, Buffer.from(content, 'base64'));
}
// Nothing is set in italics, yet pdfmake asks for all four.
pdfmake.setFonts({ [font]: { normal: regular, bold: strong, italics: regular, bolditalics: strong } });
// Fonts and pictures are given as bytes: nothing is read from disk or network while a document is set.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(() => false);

export interface Picture {
  type: 'png' | 'jpeg';
  content: Uint8Array;
}

/**
 * One PDF of one or several documents, each beginning on a page of its own. The same models and logo give the same bytes.
 * Characters that the font lacks are shown as a sign, which a line at the document's end explains.
 */
export async function renderPdf(models: readonly DocumentModel[], logo?: Picture): Promise<Buffer> {
  const [first] = models;
  if (!first) throw new Error('There is no document to render.');
  let lossy = false;
  const speak: Speak = (raw) => {
    const { text, lossy: lost } = printable(raw);
    lossy ||= lost;
    return text;
  };
  const content = models.map((model, index) => setDocument(model, index > 0, logo !== undefined, speak));
  const instant = new Date(first.instant);
  const definition: Definition = {
    pageSize: page.size,
    pageMargins: page.margins,
    language: first.language,
    displayTitle: true,
    info: {
      title: `${first.title} ${first.number}`,
      author: first.letterhead.shopName,
      creator: 'Kerf',
      producer: 'Kerf',
      creationDate: instant,
      modDate: instant,
    },
    content: [...content, ...(lossy ? [lossNote] : [])],
    footer: (current, total) => setFooter(models, `Page ${current} of ${total}`, speak),
    // A heading never stands alone at the foot of a page.
    pageBreakBefore: (node, following) =>
      node.headlineLevel === 1 && following.getFollowingNodesOnPage().length === 0,
    ...(logo ? { images: { logo: dataUrl(logo) } } : {}),
    styles,
    defaultStyle,
  };
  return pdfmake.createPdf(definition).getBuffer();
}

const dataUrl = ({ type, content }: Picture): string =>
  `data:image/${type};base64,${Buffer.from(content).toString('base64')}`;

const lossNote: Content = {
  text: `${missingSign} stands for a character that this document's font does not have; the order online shows it.`,
  style: 'small',
  margin: [0, 14, 0, 0],
};

function setDocument(model: DocumentModel, ownPage: boolean, hasLogo: boolean, speak: Speak): Content {
  const { letterhead, facts, to, sections } = model;
  const accent = letterhead.accentColor;
  const rule = { type: 'line', x1: 0, y1: 0, x2: page.width, y2: 0, lineWidth: 1, lineColor: accent };
  const party: Content[] = to
    ? [{ text: speak(to.heading), style: 'label' }, ...to.lines.map((each) => ({ text: speak(each) }))]
    : [];
  return {
    ...(ownPage ? { pageBreak: 'before' as const } : {}),
    stack: [
      setHead(model, hasLogo, speak),
      { canvas: [rule], margin: [0, 10, 0, 10] },
      {
        columnGap: 20,
        columns: [
          { width: '*', stack: party },
          { width: '*', stack: facts.map(({ label, value }) => factLine(label, value, speak)) },
          ...setCode(model, speak),
        ],
      },
      ...sections.map((section) => setSection(section, accent, speak)),
    ],
  };
}

/** Who writes to the left, what it is to the right. */
function setHead({ letterhead, title, number }: DocumentModel, hasLogo: boolean, speak: Speak): Content {
  const { shopName, address, phone, email, website, accentColor: color } = letterhead;
  const contact = [address, phone, email, website].filter((each) => each !== '').join('\n');
  const logo: Content[] = hasLogo ? [{ image: 'logo', fit: logoBox, margin: [0, 0, 0, 6] }] : [];
  return {
    columnGap: 20,
    columns: [
      {
        width: '*',
        stack: [
          ...logo,
          { text: speak(shopName), style: 'shop', color },
          { text: speak(contact), style: 'small' },
        ],
      },
      {
        width: '*',
        stack: [
          { text: speak(title), style: 'title', color, alignment: 'right' },
          { text: speak(number), alignment: 'right', color: colors.quiet },
        ],
      },
    ],
  };
}

function setCode({ qr }: DocumentModel, speak: Speak): Content[] {
  if (!qr) return [];
  return [
    {
      width: qrWidth,
      stack: [
        { qr: qr.payload, fit: qrWidth, eccLevel: 'M' },
        { text: speak(qr.caption), style: 'label', margin: [0, 3, 0, 0] },
      ],
    },
  ];
}

const factLine = (label: string, value: string, speak: Speak): Content => ({
  columns: [
    { width: 66, text: speak(label), style: 'label', margin: [0, 1.5, 0, 0] },
    { width: '*', text: speak(value) },
  ],
});

function setFooter(models: readonly DocumentModel[], pageWords: string, speak: Speak): Content {
  const [first] = models;
  const words = [first?.letterhead.shopName, first?.title, ...(models.length === 1 ? [first?.number] : [])];
  return {
    margin: [page.margins[0], 18, page.margins[2], 0],
    columns: [
      { width: '*', text: speak(words.join(' · ')), style: 'small' },
      { width: 'auto', text: pageWords, style: 'small', alignment: 'right' },
    ],
  };
}
