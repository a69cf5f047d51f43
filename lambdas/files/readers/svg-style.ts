import type { SvgNode } from './svg-tree.ts';

/** What of an element's style decides whether and how it is cut. */
export interface SvgStyle {
  stroke: string;
  fill: string;
  hidden: boolean;
}

export const initialStyle: SvgStyle = { stroke: 'none', fill: '#000000', hidden: false };

interface Rule {
  matches: (node: SvgNode) => boolean;
  declarations: Map<string, string>;
}

const mostRules = 2000;

/** The rules of a style sheet whose selectors are a type, a class or an id; drawing programs write no others. */
export function rulesOf(sheet: string): Rule[] {
  const rules: Rule[] = [];
  for (const [, selectors = '', body = ''] of sheet
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .matchAll(/([^{}]+)\{([^{}]*)\}/g))
    for (const selector of selectors.split(',').map((each) => each.trim())) {
      const simple = /^(\w*)(?:([.#])([\w-]+))?$/.exec(selector);
      if (!simple || rules.length >= mostRules) continue;
      const [, type = '', mark, name] = simple;
      rules.push({
        declarations: declarationsOf(body),
        matches: (node) =>
          (type === '' || node.name === type) &&
          (mark === undefined ||
            (mark === '#'
              ? node.attributes['id'] === name
              : (node.attributes['class'] ?? '').split(/\s+/).includes(name ?? ''))),
      });
    }
  return rules;
}

function declarationsOf(text: string): Map<string, string> {
  return new Map(
    text
      .split(';')
      .map((each) => each.split(':'))
      .filter(([name, value]) => name !== undefined && value !== undefined)
      .map(([name, value]) => [name!.trim(), value!.replace(/!\s*important/, '').trim()]),
  );
}

/** The element's style within its parent's: attributes, then the sheet, then its own style attribute, as CSS ranks them. */
export function styleOf(node: SvgNode, parent: SvgStyle, rules: readonly Rule[]): SvgStyle {
  const own = new Map<string, string>();
  for (const name of ['stroke', 'fill', 'display', 'visibility', 'color'])
    if (node.attributes[name] !== undefined) own.set(name, node.attributes[name]);
  for (const rule of rules)
    if (rule.matches(node)) for (const [name, value] of rule.declarations) own.set(name, value);
  for (const [name, value] of declarationsOf(node.attributes['style'] ?? '')) own.set(name, value);
  return {
    stroke: colorOf(own.get('stroke'), parent.stroke),
    fill: colorOf(own.get('fill'), parent.fill),
    hidden:
      own.get('display') === 'none' ||
      (own.has('visibility') ? own.get('visibility') !== 'visible' : parent.hidden),
  };
}

const namedColors: Record<string, string> = {
  black: '#000000',
  white: '#ffffff',
  red: '#ff0000',
  lime: '#00ff00',
  green: '#008000',
  blue: '#0000ff',
  yellow: '#ffff00',
  cyan: '#00ffff',
  aqua: '#00ffff',
  magenta: '#ff00ff',
  fuchsia: '#ff00ff',
  gray: '#808080',
  grey: '#808080',
  orange: '#ffa500',
  purple: '#800080',
};

/** `none` or #rrggbb; what is neither understood nor inherited counts as black. */
function colorOf(text: string | undefined, inherited: string): string {
  const value = text?.toLowerCase();
  if (value === undefined || value === 'inherit') return inherited;
  if (value === 'none' || value === 'transparent') return 'none';
  const short = /^#([\da-f])([\da-f])([\da-f])[\da-f]?$/.exec(value);
  if (short)
    return `#${short
      .slice(1, 4)
      .map((digit) => digit + digit)
      .join('')}`;
  if (/^#[\da-f]{6}([\da-f]{2})?$/.test(value)) return value.slice(0, 7);
  const channels = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)/.exec(value)?.slice(1);
  if (channels)
    return `#${channels.map((channel) => Math.min(255, Number(channel)).toString(16).padStart(2, '0')).join('')}`;
  return namedColors[value] ?? '#000000';
}
