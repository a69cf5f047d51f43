import { supportNames } from '../support-names.ts';
import { metals } from '#domain/price/price-book.ts';
import { processes, processNames, type Process } from '#domain/process.ts';

export type FieldKind = 'money' | 'number' | 'whole' | 'choice' | 'day';
export interface Field {
  name: string;
  label: string;
  kind: FieldKind;
  unit?: string;
  /** Of a choice. */
  options?: readonly { value: string; label: string }[];
}

const field = (name: string, label: string, kind: FieldKind, unit?: string): Field => ({
  name,
  label,
  kind,
  ...(unit === undefined ? {} : { unit }),
});
const choice = (name: string, label: string, options: Readonly<Record<string, string>>): Field => ({
  name,
  label,
  kind: 'choice',
  options: Object.entries(options).map(([value, word]) => ({ value, label: word })),
});

export interface FigureGroup {
  title: string;
  fields: readonly Field[];
  /** For shops that work in one of these ways; all without. */
  processes?: readonly Process[];
}

/** Every plain figure of a book, by its place in it, in the order it is shown. Money is shown in the currency's large unit. */
export const groups: readonly FigureGroup[] = [
  {
    title: 'Labor, energy and margins',
    fields: [
      field('laborRateMinorPerHour', 'Labor, per hour', 'money'),
      field('energyMinorPerKwh', 'Energy, per kWh', 'money'),
      field('overheadPercent', 'Overhead', 'number', '%'),
      field('markupPercent', 'Markup', 'number', '%'),
      field('partMinimumMinor', 'Minimum per part', 'money'),
      field('orderMinimumMinor', 'Minimum per order', 'money'),
      field('leadDays', 'Lead time', 'whole', 'days'),
    ],
  },
  {
    title: 'Tax',
    fields: [
      field('taxPercent', 'Standard rate', 'number', '%'),
      choice('taxMode', 'Your prices are', { exclusive: 'without tax', inclusive: 'with tax' }),
      choice('taxRounding', 'Tax is rounded', { document: 'once per document', line: 'per line' }),
      { name: 'shippingTaxRateId', label: 'Shipping is taxed at', kind: 'choice' },
    ],
  },
  {
    title: 'How customers order',
    fields: [
      choice('orderMode', 'Orders', {
        instant: 'at once, at the price shown',
        review: 'after your review',
        no_prices: 'no prices shown',
      }),
      choice('customerDetail', 'Customers see', {
        lines: 'the price of each line',
        full: 'what each line is made of',
      }),
      field('reviewAboveMinor', 'Review orders above (0: none)', 'money'),
      field('reviewAboveQuantity', 'Review lines above (0: none)', 'whole', 'pieces'),
      field('thinWallMm', 'Review walls below (0: none)', 'number', 'mm'),
      field('metalFixDays', 'Metal prices hold (0: always)', 'whole', 'days'),
    ],
  },
  {
    title: 'How filament prints are estimated',
    processes: ['fdm'],
    fields: [
      field('layerHeightMm', 'Layer height', 'number', 'mm'),
      field('wallEquivalentMm', 'Wall thickness', 'number', 'mm'),
      field('infillPercent', 'Usual infill', 'number', '%'),
      field('infillFromPercent', 'Customers choose infill from', 'number', '%'),
      field('infillToPercent', 'Customers choose infill up to', 'number', '%'),
      choice('supports', 'Supports', supportNames),
      field('flowMm3PerSecond', 'Flow', 'number', 'mm³/s'),
      field('secondsPerLayer', 'Extra time per layer', 'number', 's'),
    ],
  },
  {
    title: 'How resin prints and waxes are estimated',
    processes: ['resin', 'casting'],
    fields: [
      field('usualMaking.resin.layerMm', 'Layer height', 'number', 'mm'),
      field('usualMaking.resin.secondsPerLayer', 'Per layer', 'number', 's'),
      field('usualMaking.resin.bottomLayers', 'Bottom layers', 'whole'),
      field('usualMaking.resin.bottomSecondsPerLayer', 'Per bottom layer', 'number', 's'),
      field('usualMaking.resin.supportPercent', 'Supports, of the part', 'number', '%'),
      field('usualMaking.resin.washCureMinutes', 'Wash and cure, per part', 'number', 'min'),
    ],
  },
  {
    title: 'How powder prints are estimated',
    processes: ['powder'],
    fields: [
      field('usualMaking.powder.chamberXMm', 'Chamber, width', 'number', 'mm'),
      field('usualMaking.powder.chamberYMm', 'Chamber, depth', 'number', 'mm'),
      field('usualMaking.powder.chamberZMm', 'Chamber, height', 'number', 'mm'),
      field('usualMaking.powder.layerMm', 'Layer height', 'number', 'mm'),
      field('usualMaking.powder.secondsPerLayer', 'Per layer', 'number', 's'),
      field('usualMaking.powder.packingPercent', 'Chamber filled with parts', 'number', '%'),
      field('usualMaking.powder.gapMm', 'Gap round each part', 'number', 'mm'),
      field('usualMaking.powder.coolDownSeconds', 'Cool-down of a full chamber', 'number', 's'),
      field('usualMaking.powder.powderGPerCm3', 'Density of the loose powder', 'number', 'g/cm³'),
      field('usualMaking.powder.refreshPercent', 'Loose powder replaced', 'number', '%'),
    ],
  },
  {
    title: 'How laser cutting is estimated',
    processes: ['laser'],
    fields: [
      field('usualMaking.laser.yieldPercent', 'Sheet that becomes parts', 'number', '%'),
      field('usualMaking.laser.secondsPerSheet', 'Handling per sheet', 'number', 's'),
    ],
  },
  {
    title: 'How milling is estimated',
    processes: ['cnc'],
    fields: [
      field('usualMaking.cnc.setups', 'Setups per part', 'whole'),
      field('usualMaking.cnc.toolChanges', 'Tool changes per part', 'whole'),
      field('usualMaking.cnc.finishedMm2PerSecond', 'Surface finished', 'number', 'mm²/s'),
      field('usualMaking.cnc.stockAllowanceMm', 'Stock beyond the part, each side', 'number', 'mm'),
    ],
  },
  {
    title: 'How castings are estimated',
    processes: ['casting'],
    fields: [
      field('usualMaking.casting.lossPercent', 'Sprue and loss', 'number', '%'),
      field('usualMaking.casting.waxMinorPerLitre', 'Wax resin, per litre', 'money'),
      field('usualMaking.casting.hallmarkMinor', 'Hallmark, per piece', 'money'),
    ],
  },
];

const process = choice('process', 'Process', processNames);
const density = field('densityGPerCm3', 'Density', 'number', 'g/cm³');
const startup = field('startupMinor', 'Once per order', 'money');
const perKg = field('pricePerKgMinor', 'Price per kg', 'money');

const materialsOf: Record<Process, readonly Field[]> = {
  fdm: [density, perKg, startup],
  resin: [density, field('pricePerLitreMinor', 'Price per litre', 'money'), startup],
  powder: [density, perKg, startup],
  laser: [
    density,
    field('thicknessMm', 'Thickness', 'number', 'mm'),
    field('sheetWidthMm', 'Sheet width', 'number', 'mm'),
    field('sheetHeightMm', 'Sheet height', 'number', 'mm'),
    field('pricePerSheetMinor', 'Price per sheet', 'money'),
    field('cutMmPerSecond', 'Cutting', 'number', 'mm/s'),
    field('pierceSeconds', 'Pierce', 'number', 's'),
    field('engraveMm2PerSecond', 'Engraving', 'number', 'mm²/s'),
    startup,
  ],
  cnc: [
    density,
    perKg,
    field('removalMm3PerSecond', 'Removal', 'number', 'mm³/s'),
    field('toolChangeSeconds', 'Tool change', 'number', 's'),
    startup,
  ],
  casting: [
    density,
    choice('metal', 'Metal', Object.fromEntries(metals.map((metal) => [metal, metal]))),
    field('purityPercent', 'Fine metal', 'number', '%'),
    field('alloyMarginPercent', 'Caster’s margin', 'number', '%'),
    startup,
  ],
};

const machineFields: readonly Field[] = [
  process,
  field('minorPerHour', 'Per hour', 'money'),
  field('powerKw', 'Power', 'number', 'kW'),
  field('setupMinutes', 'Setup per line', 'number', 'min'),
  field('programmingMinutes', 'Programming per line', 'number', 'min'),
  field('attendancePercent', 'Attended', 'number', '%'),
  field('postMinutesPerPart', 'Work per part', 'number', 'min'),
  field('consumablesMinorPerHour', 'Consumables, per hour', 'money'),
  field('consumablesMinorPerPart', 'Consumables, per part', 'money'),
  field('failurePercent', 'Failed parts', 'number', '%'),
];

/** The lists of a book: what a row is called, how many there must be, and its fields by what is chosen in it. */
export const lists = {
  machines: { title: 'Machines', word: 'machine', named: true, least: 1, fields: () => machineFields },
  materials: {
    title: 'Materials',
    word: 'material',
    named: true,
    least: 1,
    fields: (values: Readonly<Record<string, string>>) => [
      process,
      ...materialsOf[processes.find((each) => each === values['process']) ?? 'fdm'],
    ],
  },
  finishes: {
    title: 'Finishes',
    word: 'finish',
    named: true,
    least: 1,
    fields: () => [
      field('minorPerPart', 'Per part', 'money'),
      field('percent', 'On top of making it', 'number', '%'),
    ],
  },
  metalFixes: {
    title: 'Metal prices',
    word: 'metal price',
    named: false,
    least: 0,
    fields: () => [
      choice('metal', 'Metal', Object.fromEntries(metals.map((metal) => [metal, metal]))),
      field('minorPerTroyOunce', 'Per troy ounce', 'money'),
      field('fixedOn', 'Taken on', 'day'),
    ],
  },
  quantityBreaks: {
    title: 'Quantity breaks',
    word: 'quantity break',
    named: false,
    least: 0,
    fields: () => [
      field('from', 'From pieces', 'whole'),
      field('percentOff', 'Off the price', 'number', '%'),
    ],
  },
  rushOptions: {
    title: 'Faster delivery',
    word: 'rush option',
    named: true,
    least: 0,
    fields: () => [
      field('percentMore', 'On top of the price', 'number', '%'),
      field('leadDays', 'Lead time', 'whole', 'days'),
    ],
  },
  otherTaxRates: {
    title: 'Other tax rates',
    word: 'tax rate',
    named: true,
    least: 0,
    fields: () => [field('percent', 'Rate', 'number', '%')],
  },
} as const satisfies Record<
  string,
  {
    title: string;
    word: string;
    named: boolean;
    least: number;
    fields: (values: Readonly<Record<string, string>>) => readonly Field[];
  }
>;
export type ListName = keyof typeof lists;
export const listNames = Object.keys(lists) as ListName[];
