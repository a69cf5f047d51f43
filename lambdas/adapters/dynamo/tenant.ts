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
import { closingEntity } from './entities/closing.ts';
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
import { shopExportEntity } from './entities/shop-export.ts';
import { stayEntity } from './entities/stay.ts';
import { vendorEntity } from './entities/vendor.ts';
import { workflowEntity } from './entities/workflow.ts';
import { shopClient } from './shop-client.ts';
import type { EntityConfig } from './keys.ts';

/** All entities of one shop. There is no other way to get an entity, so no query without a shop exists. */
export function entities(config: EntityConfig, shopId: string) {
  return {
    adjustment: adjustmentEntity(config, shopId),
    agent: agentEntity(config, shopId),
    attempt: attemptEntity(config, shopId),
    callCount: callCountEntity(config, shopId),
    checkedContent: checkedContentEntity(config, shopId),
    checklist: checklistEntity(config, shopId),
    closing: closingEntity(config, shopId),
    counter: counterEntity(config, shopId),
    creditNote: creditNoteEntity(config, shopId),
    customer: customerEntity(config, shopId),
    customerAddress: customerAddressEntity(config, shopId),
    document: documentEntity(config, shopId),
    event: eventEntity(config, shopId),
    externalRef: externalRefEntity(config, shopId),
    file: fileEntity(config, shopId),
    idempotency: idempotencyEntity(config, shopId),
    inspection: inspectionEntity(config, shopId),
    invoice: invoiceEntity(config, shopId),
    job: jobEntity(config, shopId),
    letterhead: letterheadEntity(config, shopId),
    machine: machineEntity(config, shopId),
    machineCommand: machineCommandEntity(config, shopId),
    machineLive: machineLiveEntity(config, shopId),
    mail: mailEntity(config, shopId),
    mailSettings: mailSettingsEntity(config, shopId),
    mailTrouble: mailTroubleEntity(config, shopId),
    message: messageEntity(config, shopId),
    ownTemplate: ownTemplateEntity(config, shopId),
    part: partEntity(config, shopId),
    payment: paymentEntity(config, shopId),
    paymentTry: paymentTryEntity(config, shopId),
    photo: photoEntity(config, shopId),
    priceBook: priceBookEntity(config, shopId),
    purchaseOrder: purchaseOrderEntity(config, shopId),
    quote: quoteEntity(config, shopId),
    quoteDraft: quoteDraftEntity(config, shopId),
    readMark: readMarkEntity(config, shopId),
    refund: refundEntity(config, shopId),
    run: runEntity(config, shopId),
    runRecord: runRecordEntity(config, shopId),
    shop: shopEntity(config, shopId),
    shopExport: shopExportEntity(config, shopId),
    signInCode: signInCodeEntity(config, shopId),
    stay: stayEntity(config, shopId),
    storedMethod: storedMethodEntity(config, shopId),
    vendor: vendorEntity(config, shopId),
    workflow: workflowEntity(config, shopId),
  };
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
