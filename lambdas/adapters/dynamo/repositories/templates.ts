import { templateNames, type TemplateName } from '#domain/job/job.ts';
import { templateOf, type OwnTemplate } from '#domain/job/own-template.ts';
import type { WorkflowTemplate } from '#domain/job/template.ts';
import { shippedTemplates } from '#domain/job/templates/all.ts';
import { put, type Write } from '../commit.ts';
import { readRows } from '../read-rows.ts';
import { rowsOf } from '../rows-of.ts';
import type { Tenant } from '../tenant.ts';

/** A template as the shop uses it. Version 0 is the shipped one. */
export interface ShopTemplate {
  version: number;
  own: OwnTemplate;
  template: WorkflowTemplate;
}

const untouched: OwnTemplate = { statuses: {}, off: [] };
const asShipped = new Map(
  templateNames.map((name) => [name, templateOf(shippedTemplates[name], untouched)] as const),
);

/** Copies written while templates, too, said whether orders are placed at once: by now the price book alone says so. */
function stored({ instantOrders: _, ...own }: OwnTemplate & { instantOrders?: boolean }): OwnTemplate {
  return own;
}

export type ShopTemplates = Record<TemplateName, ShopTemplate>;

/** How old the templates may be that a page shows. */
const freshMs = 5000;
const mostRemembered = 1000;
const remembered = new Map<string, { templates: ShopTemplates; until: number }>();

/** Consistent: the very next command goes by the new copy. */
export async function loadTemplates(t: Tenant): Promise<ShopTemplates> {
  const data = rowsOf(t.entities.ownTemplate, await readRows(t, 'TEMPLATES'));
  const entries = templateNames.map((name): [TemplateName, ShopTemplate] => {
    const row = data.find((each) => each.name === name);
    const own = row ? stored(row.own) : untouched;
    const template = (row ? undefined : asShipped.get(name)) ?? templateOf(shippedTemplates[name], own);
    return [name, { version: row?.version ?? 0, own, template }];
  });
  const templates = Object.fromEntries(entries) as ShopTemplates;
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(t.shopId, { templates, until: Date.now() + freshMs });
  return templates;
}

/** For what a page shows, never for what is decided: a change made in another environment is seen within five seconds. */
export async function templatesToShow(t: Tenant): Promise<ShopTemplates> {
  const known = remembered.get(t.shopId);
  return known && known.until > Date.now() ? known.templates : loadTemplates(t);
}

/** Writes the copy that follows `version`; of two editors one wins. */
export const putOwnTemplate = (
  { entities }: Tenant,
  name: TemplateName,
  version: number,
  own: OwnTemplate,
  now: string,
): Write => {
  const row = { name, version, own, updatedAt: now };
  return put(
    'ownTemplate',
    version === 1
      ? entities.ownTemplate.create(row).params()
      : entities.ownTemplate
          .put(row)
          .where((each, { eq }) => eq(each.version, version - 1))
          .params(),
  );
};
