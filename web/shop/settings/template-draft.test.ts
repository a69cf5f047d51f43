import { expect, test } from 'vitest';
import { findTemplateFault } from '#domain/job/own-template.ts';
import type { OwnTemplate } from '#domain/job/own-template.ts';
import { shippedTemplates } from '#domain/job/templates/all.ts';
import { templateNames } from '#domain/job/job.ts';
import { differences, draftOf, ownOf, shippedDraft } from './template-draft.ts';

const { order } = shippedTemplates;

test.each(templateNames)('%s: nothing typed is nothing to save, and nothing differs', (name) => {
  const draft = shippedDraft(shippedTemplates[name]);
  expect(ownOf(shippedTemplates[name], draft)).toEqual({ statuses: {}, off: [] });
  expect(differences(shippedTemplates[name], draft)).toEqual([]);
});

test('only what differs is sent, payment terms as they were, and comes back as it was typed', () => {
  const draft = shippedDraft(order);
  draft.statuses.review = { ...draft.statuses.review!, shop: ' Inbox ', slaHours: '' };
  draft.statuses.rework = { ...draft.statuses.rework!, owner: 'shop' };
  draft.statuses.post_production = { ...draft.statuses.post_production!, used: false };
  draft.statuses.ready_to_make = { ...draft.statuses.ready_to_make!, customerMayCancel: true };
  draft.payment = { netDays: 14, deposit: { kind: 'percent', percent: 30 } };
  draft.needsInspection = !order.needsInspection;
  const own = ownOf(order, draft);
  expect(own).toEqual({
    statuses: { review: { shop: 'Inbox', slaHours: 0 }, rework: { owner: 'shop' } },
    off: ['post_production'],
    customerMayCancel: ['ready_to_make'],
    netDays: 14,
    deposit: { kind: 'percent', percent: 30 },
    needsInspection: !order.needsInspection,
  });
  expect(findTemplateFault(order, own as OwnTemplate)).toBeUndefined();
  const again = draftOf(order, { off: [], statuses: {}, ...own });
  expect(ownOf(order, again)).toEqual(own);
  expect(differences(order, again)).toEqual(differences(order, draft));
  expect(differences(order, draft)).toContain('“Waiting for review” is flagged never, not after 24 h.');
});

test('hours that are no figure are refused with their field', () => {
  const draft = shippedDraft(order);
  draft.statuses.review = { ...draft.statuses.review!, slaHours: 'soon' };
  expect(findTemplateFault(order, ownOf(order, draft) as OwnTemplate)).toMatchObject({
    field: 'statuses.review.slaHours',
  });
});
