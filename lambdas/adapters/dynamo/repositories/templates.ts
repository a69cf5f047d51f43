import { templateNames, type TemplateName } from '#domain/job/job.ts';
import { templateOf, type OwnTemplate } from '#domain/job/own-template.ts';
import type { WorkflowTemplate } from '#domain/job/template.ts';
import { shippedTemplates } from '#domain/job/templates/all.ts';
import { put, type Write } from '../commit.ts';
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

/** Consistent: the very next command goes by the new copy. */
export async function loadTemplates({ entities }: Tenant): Promise<Record<TemplateName, ShopTemplate>> {
  const { data } = await entities.ownTemplate.query.all({}).go({ consistent: true, pages: 'all' });
  const entries = templateNames.map((name): [TemplateName, ShopTemplate] => {
    const row = data.find((each) => each.name === name);
    const own = row ? stored(row.own) : untouched;
    const template = (row ? undefined : asShipped.get(name)) ?? templateOf(shippedTemplates[name], own);
    return [name, { version: row?.version ?? 0, own, template }];
  });
  return Object.fromEntries(entries) as Record<TemplateName, ShopTemplate>;
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
