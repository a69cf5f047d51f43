import { shippedTemplates } from '#domain/job/templates/all.ts';
import { statusesOf, type Audience } from '#domain/job/template.ts';
import type { TemplateView } from '#contract/views/template.ts';
import type { ShopTemplate } from '../../adapters/dynamo/repositories/templates.ts';

/** The template as an audience reads it: customers see names and terms, the shop all that it can set. */
export function templateView({ version, own, template }: ShopTemplate, audience: Audience): TemplateView {
  const { name, title, deposit, onCancel, adjustmentLimitPercent } = template;
  const { netDays, needsPromise, needsParts } = template;
  const { optional } = shippedTemplates[name];
  const terms = {
    deposit,
    onCancel,
    adjustmentLimitPercent,
    netDays,
    needsPromise,
    needsParts,
  };
  const statuses = statusesOf(template).map((status) => {
    const plan = template.statuses[status]!;
    if (audience === 'customer') return { status, label: plan.customer };
    return {
      status,
      label: plan.shop,
      customerLabel: plan.customer,
      owner: plan.owner,
      ...(plan.slaHours === undefined ? {} : { slaHours: plan.slaHours }),
      optional: optional[status] !== undefined,
      off: own.off.includes(status),
    };
  });
  const whole = { name, title, version, statuses, ...terms };
  return audience === 'customer'
    ? whole
    : { ...whole, needsInspection: template.needsInspection, own: own as NonNullable<TemplateView['own']> };
}
