import { templateNames } from '../job/job.ts';
import { processes } from '../process.ts';

/** What a measured item may be off by: the larger of the two. */
export interface Tolerance {
  unit: string;
  absolute: number;
  /** Of the nominal value. */
  percent?: number;
}

export interface ChecklistItem {
  /** Unique in its list; lower-case letters, digits and dashes. */
  id: string;
  label: string;
  /** Without one the item is judged by eye. */
  tolerance?: Tolerance | undefined;
  /** "Not applicable" is no answer to it. */
  required?: boolean | undefined;
  /** Its answer comes with a photo. */
  photo?: boolean | undefined;
}

/** What is looked at before a job leaves the shop. The shop edits its own; without an item it is not asked for. */
export interface Checklist {
  id: ChecklistId;
  name: string;
  items: ChecklistItem[];
  /** Rises by one with every edit; 0 is what a shop begins with. */
  version: number;
}

/** Every way of making and every kind of job is inspected in its own way. */
export const checklistIds = [...processes, ...templateNames] as const;
export type ChecklistId = (typeof checklistIds)[number];

/** The lists that a job is looked at by: those of its parts' ways of making, and the one of its kind. */
export const checklistsFor = <List extends Pick<Checklist, 'id' | 'items'>>(
  lists: readonly List[],
  { template, processes: ways }: { template: ChecklistId; processes: readonly ChecklistId[] },
): List[] => lists.filter(({ id, items }) => (id === template || ways.includes(id)) && items.length > 0);

const item = (id: string, label: string, tolerance?: Tolerance): ChecklistItem => ({
  id,
  label,
  ...(tolerance ? { tolerance } : {}),
});
const dimensions = (label: string, tolerance: Omit<Tolerance, 'unit'>) =>
  item('dimensions', label, { unit: 'mm', ...tolerance });

/** At the end of every list. */
const always = [item('count', 'Count'), item('packaging', 'Packaging'), item('photos', 'Two photos taken')];

const own: Record<ChecklistId, { name: string; items: ChecklistItem[] }> = {
  fdm: {
    name: 'Filament printing',
    items: [
      item('revision', 'Right file revision'),
      item('material', 'Color and material'),
      item('adhesion', 'Layer adhesion'),
      dimensions('Dimensional accuracy', { absolute: 0.2, percent: 0.5 }),
      item('surface', 'Surface finish'),
      item('warping', 'No warping'),
      item('stringing', 'No stringing'),
      item('supports', 'Supports removed'),
    ],
  },
  resin: {
    name: 'Resin printing',
    items: [
      item('revision', 'Right file revision'),
      item('cured', 'Fully cured, no tack'),
      item('supports', 'Support marks dressed'),
      item('drains', 'Drain holes clean'),
      dimensions('Dimensional accuracy', { absolute: 0.2, percent: 0.5 }),
    ],
  },
  powder: {
    name: 'Powder printing',
    items: [
      item('revision', 'Right file revision'),
      item('powder', 'Depowdered'),
      item('warping', 'No warp'),
      item('dye', 'Dye even'),
      dimensions('Dimensional accuracy', { absolute: 0.3, percent: 0.5 }),
    ],
  },
  laser: {
    name: 'Laser cutting',
    items: [
      item('edge', 'Edge quality, no char'),
      dimensions('Dimensional tolerance', { absolute: 0.2 }),
      item('integrity', 'Material integrity, surface marks'),
      item('cut', 'Cut through everywhere'),
      item('fit', 'Kerf fit'),
    ],
  },
  cnc: {
    name: 'CNC milling',
    items: [
      dimensions('Dimensions per drawing', { absolute: 0.1 }),
      item('threads', 'Thread gauge'),
      item('roughness', 'Surface roughness'),
      item('burrs', 'No burrs, edges broken'),
    ],
  },
  casting: {
    name: 'Casting and jewelry',
    items: [
      item('weight', 'Weight', { unit: 'g', absolute: 0.1, percent: 2 }),
      item('hallmark', 'Hallmark'),
      item('size', 'Finger size'),
      item('stones', 'Stones tight, count matches the custody record'),
      item('prongs', 'Prongs'),
      item('porosity', 'No porosity'),
      item('polish', 'Polish and plating'),
      item('engraving', 'Engraving spelled right'),
    ],
  },
  // What is made of files is looked at by how it is made; a shop adds what it looks at with every order.
  fabrication: { name: 'Every fabrication job', items: [] },
  order: { name: 'Every order', items: [] },
  custom: {
    name: 'Bespoke pieces',
    items: [
      item('design', 'As the approved design'),
      item('size', 'Finger size or length'),
      item('stones', 'Stones tight, count matches the custody record'),
      item('engraving', 'Engraving spelled right'),
      item('polish', 'Polish and cleaning'),
    ],
  },
  repair: {
    name: 'Repairs',
    items: [
      item('faults', 'Everything that was asked for is mended'),
      item('damage', 'No new damage'),
      item('stones', 'Stones tight, count as at intake'),
      item('belongings', 'All that came with it goes back'),
      item('polish', 'Polish and cleaning'),
    ],
  },
};

export const firstChecklist = (id: ChecklistId): Checklist => ({
  id,
  name: own[id].name,
  items: own[id].items.length === 0 ? [] : [...own[id].items, ...always],
  version: 0,
});
