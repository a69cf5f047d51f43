import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { id } from '#contract/ids.ts';
import { rememberedBy } from '../remembered.ts';
import { tableName } from './client.ts';
import { adjustmentEntity } from './entities/adjustment.ts';
import { agentEntity, machineCommandEntity } from './entities/agent.ts';
import { attemptEntity } from './entities/attempt.ts';
import { callCountEntity } from './entities/call-count.ts';
import { checkedContentEntity } from './entities/checked-content.ts';
import { checklistEntity, inspectionEntity } from './entities/inspection.ts';
import { counterEntity } from './entities/counter.ts';
import { creditNoteEntity } from './entities/credit-note.ts';
import { customerAddressEntity, customerEntity, signInCodeEntity } from './entities/customer.ts';
import { documentEntity, letterheadEntity } from './entities/document.ts';
import { eventEntity } from './entities/event.ts';
import { externalRefEntity } from './entities/external-ref.ts';
import { fileEntity } from './entities/file.ts';
import { idempotencyEntity } from './entities/idempotency.ts';
import { invoiceEntity } from './entities/invoice.ts';
import { jobEntity } from './entities/job.ts';
import { machineEntity, machineLiveEntity } from './entities/machine.ts';
import { mailEntity, mailSettingsEntity, mailTroubleEntity } from './entities/mail.ts';
import { messageEntity, readMarkEntity } from './entities/message.ts';
import { ownTemplateEntity } from './entities/own-template.ts';
import { partEntity } from './entities/part.ts';
import { paymentEntity, paymentTryEntity, refundEntity, storedMethodEntity } from './entities/payment.ts';
import { photoEntity } from './entities/photo.ts';
import { priceBookEntity } from './entities/price-book.ts';
import { purchaseOrderEntity } from './entities/purchase-order.ts';
import { quoteEntity } from './entities/quote.ts';
import { quoteDraftEntity } from './entities/quote-draft.ts';
import { runEntity } from './entities/run.ts';
import { runRecordEntity } from './entities/run-record.ts';
import { shopEntity } from './entities/shop.ts';
import { standingEntity } from './entities/standing.ts';
import { stayEntity } from './entities/stay.ts';
import { supportEntryEntity, visitActEntity } from './entities/support.ts';
import { troubleEntity } from './entities/trouble.ts';
import { usageEntity } from './entities/usage.ts';
import { vendorEntity } from './entities/vendor.ts';
import { workflowEntity } from './entities/workflow.ts';
import { shopClient } from './shop-client.ts';
import type { EntityConfig } from './keys.ts';

const makers = {
  adjustment: adjustmentEntity,
  agent: agentEntity,
  attempt: attemptEntity,
  callCount: callCountEntity,
  checkedContent: checkedContentEntity,
  checklist: checklistEntity,
  counter: counterEntity,
  creditNote: creditNoteEntity,
  customer: customerEntity,
  customerAddress: customerAddressEntity,
  document: documentEntity,
  event: eventEntity,
  externalRef: externalRefEntity,
  file: fileEntity,
  idempotency: idempotencyEntity,
  inspection: inspectionEntity,
  invoice: invoiceEntity,
  job: jobEntity,
  letterhead: letterheadEntity,
  machine: machineEntity,
  machineCommand: machineCommandEntity,
  machineLive: machineLiveEntity,
  mail: mailEntity,
  mailSettings: mailSettingsEntity,
  mailTrouble: mailTroubleEntity,
  message: messageEntity,
  ownTemplate: ownTemplateEntity,
  part: partEntity,
  payment: paymentEntity,
  paymentTry: paymentTryEntity,
  photo: photoEntity,
  priceBook: priceBookEntity,
  purchaseOrder: purchaseOrderEntity,
  quote: quoteEntity,
  quoteDraft: quoteDraftEntity,
  readMark: readMarkEntity,
  refund: refundEntity,
  run: runEntity,
  runRecord: runRecordEntity,
  shop: shopEntity,
  signInCode: signInCodeEntity,
  standing: standingEntity,
  stay: stayEntity,
  storedMethod: storedMethodEntity,
  supportEntry: supportEntryEntity,
  trouble: troubleEntity,
  usage: usageEntity,
  vendor: vendorEntity,
  visitAct: visitActEntity,
  workflow: workflowEntity,
};
type Makers = typeof makers;

/**
 * All entities of one shop. There is no other way to get an entity, so no query without a shop exists. Each is made when it is first
 * used: most functions need a few of them, and ElectroDB examines every model it is given.
 */
export function entities(
  config: EntityConfig,
  shopId: string,
): { readonly [Name in keyof Makers]: ReturnType<Makers[Name]> } {
  const made: Partial<Record<string, unknown>> = {};
  return Object.defineProperties(
    {} as { [Name in keyof Makers]: ReturnType<Makers[Name]> },
    Object.fromEntries(
      Object.entries(makers).map(([name, make]) => [
        name,
        { enumerable: true, get: () => (made[name] ??= make(config, shopId)) },
      ]),
    ),
  );
}

/** One shop's door to the table. */
export interface Tenant {
  shopId: string;
  client: DynamoDBDocumentClient;
  entities: ReturnType<typeof entities>;
}

/** @throws when the id is not a shop's id: nothing else may ever become part of a key. */
export const tenant: (shopId: string) => Tenant = rememberedBy(200, (shopId) => {
  id('shop').parse(shopId);
  const client = shopClient(shopId);
  return { shopId, client, entities: entities({ table: tableName, client }, shopId) };
});
