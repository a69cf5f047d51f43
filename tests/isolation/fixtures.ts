import { firstChecklist } from '#domain/inspection/checklist.ts';
import { certificateRequest } from '../support/shop-floor.ts';
import { freshClaim, type World } from './world.ts';
import type { Credential } from '#contract/client.ts';

/** A valid request for a route on things of shop A. */
export interface Fixture {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  ifMatch?: number;
  /** The params name something that every shop has its own of. */
  ofEveryShop?: true;
  /** Ids of shop A in the body; put anywhere else they must be as good as unknown. */
  foreignInBody?: readonly string[];
}

type Recipe = (world: World) => Fixture;
const onJob =
  (name: keyof World['a']['jobs'], body?: (world: World) => unknown): Recipe =>
  (world) => ({
    params: { jobId: world.a.jobs[name].id },
    ...(body ? { body: body(world) } : {}),
  });
const empty = () => ({});
const onShop =
  (body?: () => unknown): Recipe =>
  ({ a }) => ({ params: { shopId: a.shop.shopId }, ...(body ? { body: body() } : {}) });
const firstPart = (world: World, name: keyof World['a']['jobs']) => world.a.jobs[name].parts[0]?.id ?? '';

/** A decision about the job's first line. */
const editsOf = (name: keyof World['a']['jobs']) => (world: World) => ({
  edits: {
    lines: [{ partId: firstPart(world, name), reason: 'as agreed', unitMinor: 900 }],
    extras: [],
    discounts: [],
    scrap: [],
  },
});
const onVersion =
  (name: keyof World['a']['jobs']): Recipe =>
  (world) => ({ params: { jobId: world.a.jobs[name].id, version: '1' } });

/** On a machine without an agent. */
const onHandRun =
  (body: object = {}): Recipe =>
  ({ a }) => ({
    params: { jobId: a.jobs.byHand.id },
    body: { runId: a.jobs.byHand.runs[0]?.id ?? '', ...body },
    foreignInBody: ['runId'],
  });

/** One entry per route of the contract, by its id. A route that is not here fails the matrix. */
export const fixtures: Record<string, Recipe> = {
  getConfig: empty,
  getOperator: empty,
  findShops: ({ a }) => ({ query: { q: a.slug } }),
  getShopSummary: onShop(),
  suspendShop: onShop(() => ({ reason: 'An unpaid bill.' })),
  liftSuspension: onShop(() => ({ reason: 'It is paid.' })),
  changePlan: onShop(() => ({ plan: 'pro', reason: 'as agreed' })),
  visitShop: onShop(() => ({ reason: 'Their question about a quote.' })),
  endVisit: ({ a }) => ({ params: { shopId: a.shop.shopId, visitId: a.visitId } }),
  listStuckJobs: empty,
  restartWorkflow: ({ a }) => ({ params: { shopId: a.shop.shopId, jobId: a.jobs.draft.id } }),
  listTroubles: empty,
  retryTrouble: ({ a }) => ({ params: { shopId: a.shop.shopId, troubleId: a.troubleIds.retried } }),
  dismissTrouble: ({ a }) => ({ params: { shopId: a.shop.shopId, troubleId: a.troubleIds.dismissed } }),
  listSupportEntries: empty,
  getUsage: empty,
  getOpenapi: empty,
  createShop: () => ({ body: { name: 'Gamma Prints', currency: 'EUR', timeZone: 'Europe/Vienna' } }),
  getMe: empty,
  getShop: empty,
  listMembers: empty,
  connectPayments: empty,
  getPriceBook: empty,
  replacePriceBook: ({ a }) => ({ body: a.priceBook, ifMatch: a.priceBookVersion }),
  setMachineProfile: ({ a }) => ({
    body: {
      machineId: a.priceBook.machines.find(({ process }) => process === 'fdm')?.id ?? '',
      profile: { name: 'draft.ini', text: 'layer_height = 0.3' },
    },
    ifMatch: a.priceBookVersion + 1,
  }),
  listPriceBooks: empty,
  listCustomers: () => ({ query: { limit: '100' } }),
  createCustomer: () => ({ body: { name: 'Walk-in', email: 'walk-in@mail.example' } }),
  getCustomer: ({ a }) => ({ params: { customerId: a.customer.id } }),
  replaceContact: ({ a }) => ({
    params: { customerId: a.customer.id },
    body: { name: 'Cleo Customer', email: a.customer.email },
    ifMatch: 1,
  }),
  archiveCustomer: ({ a }) => ({ params: { customerId: a.customer.id }, body: { archived: false } }),
  getCustomerAccount: ({ a }) => ({ params: { customerId: a.customer.id } }),
  listVendors: empty,
  createVendor: () => ({ body: { name: 'Plating Ltd', email: 'office@plating.example' } }),
  getVendor: ({ a }) => ({ params: { vendorId: a.vendorId } }),
  replaceVendor: ({ a }) => ({
    params: { vendorId: a.vendorId },
    body: { name: 'Setting Ltd', email: 'office@setting.example' },
    ifMatch: 1,
  }),
  archiveVendor: ({ a }) => ({ params: { vendorId: a.vendorId }, body: { archived: false } }),
  assignVendor: (world) => ({
    ...onJob('askedLast')(world),
    body: { vendorId: world.a.vendorId, reason: 'no answer' },
    foreignInBody: ['vendorId'],
  }),
  showToVendor: onJob('askedLast', () => ({ shows: [] })),
  changeSalesperson: onJob('askedLast', ({ a }) => ({
    salespersonId: a.salesPersonId,
    reason: 'on leave',
  })),
  changePromise: onJob('askedLast', () => ({ date: '2098-01-01', reason: 'as agreed', notify: false })),
  getVendorRequest: onJob('askedByLink'),
  giveVendorPrice: onJob('askedByLink', () => ({ costMinor: 30_000 })),
  createVendorDrawing: onJob('askedByLink', () => ({ name: 'ring.pdf', bytes: 1000 })),
  refuseVendorRequest: onJob('askedOtherwise', () => ({ reason: 'no time' })),
  setPriceTerms: ({ a }) => ({
    params: { customerId: a.customer.id },
    body: { discountPercent: 5, tax: { kind: 'export', country: 'CH' } },
  }),
  getPortal: ({ a }) => ({ params: { slug: a.slug } }),
  requestCode: ({ a }) => ({ params: { slug: a.slug }, body: { email: 'visitor@mail.example' } }),
  openSession: ({ a }) => ({
    params: { slug: a.slug },
    body: { email: 'visitor@mail.example', code: '000000' },
  }),
  getSession: empty,
  createJob: ({ a }) => ({
    body: { title: 'Another request', delivery: 'pickup', customerId: a.customer.id },
    foreignInBody: ['customerId'],
  }),
  reorderJob: onJob('paid'),
  listJobs: () => ({ query: { limit: '100' } }),
  listEvents: () => ({ query: { limit: '500' } }),
  getJob: onJob('paid'),
  listJobEvents: onJob('paid'),
  getPrice: onJob('paid'),
  tryPrice: (world) => ({
    params: { jobId: world.a.jobs.draft.id },
    body: { parts: [{ partId: firstPart(world, 'draft'), quantity: 7 }] },
  }),
  getQuoteDraft: onJob('paid'),
  tryQuoteEdits: onJob('paid', editsOf('paid')),
  saveQuoteDraft: (world) => ({ ...onJob('draft', editsOf('draft'))(world), ifMatch: 0 }),
  compareQuotes: onVersion('paid'),
  recomputeQuote: onVersion('paid'),
  createFile: onJob('draft', () => ({ name: 'second.stl', bytes: 684 })),
  addPart: (world) => ({
    params: { jobId: world.a.jobs.draft.id },
    body: {
      fileId: world.a.jobs.draft.files[0]?.id ?? '',
      materialId: 'petg',
      finishId: 'as-printed',
      quantity: 2,
    },
    foreignInBody: ['fileId'],
  }),
  getFileLinks: (world) => ({
    params: { jobId: world.a.jobs.paid.id, fileId: world.a.jobs.paid.files[0]?.id ?? '' },
  }),
  setFileUnit: (world) => ({
    params: { jobId: world.a.jobs.draft.id, fileId: world.a.jobs.draft.files[0]?.id ?? '' },
    body: { unit: 'mm' },
  }),
  setLayerUses: (world) => ({
    params: {
      jobId: world.a.jobs.editable.id,
      fileId: world.a.jobs.editable.files.find(({ report }) => report?.kind === 'drawing')?.id ?? '',
    },
    body: { uses: ['engrave'] },
  }),
  removePart: (world) => ({
    params: { jobId: world.a.jobs.draft.id, partId: firstPart(world, 'draft') },
  }),
  editJob: (world) => ({
    params: { jobId: world.a.jobs.editable.id },
    body: { title: 'Another title', note: null, wantedBy: '2031-05-01', delivery: 'shipping' },
    ifMatch: world.a.jobs.editable.version,
  }),
  editPart: (world) => ({
    params: { jobId: world.a.jobs.editable.id, partId: firstPart(world, 'editable') },
    body: { name: 'Lid', quantity: 3, materialId: 'petg', finishId: 'sanded' },
  }),
  removeFile: (world) => ({
    params: { jobId: world.a.jobs.editable.id, fileId: world.a.jobs.editable.parts[0]?.fileId ?? '' },
  }),
  repairFile: (world) => ({
    params: {
      jobId: world.a.jobs.draft.id,
      fileId: world.a.jobs.draft.files.find(({ repair }) => repair !== undefined)?.id ?? '',
    },
    body: { replaceInParts: true },
  }),
  listMessages: onJob('paid'),
  writeMessage: (world) => ({
    params: { jobId: world.a.jobs.paid.id },
    body: { text: 'Thank you.', fileIds: world.a.jobs.paid.files.map(({ id }) => id) },
    foreignInBody: ['fileIds'],
  }),
  readMessages: ({ a }) => ({
    params: { jobId: a.jobs.paid.id },
    body: { upTo: a.messageId },
    foreignInBody: ['upTo'],
  }),
  listJobMails: onJob('paid'),
  listMailTroubles: empty,
  clearMailTrouble: () => ({ body: { email: 'moved@mail.example' } }),
  listMailSettings: empty,
  replaceMailSettings: () => ({
    params: { template: 'repair' },
    body: { choices: [{ kind: 'quoted', audience: 'customer', subject: 'An offer: {number}' }] },
    ifMatch: 0,
    ofEveryShop: true,
  }),
  previewMail: ({ a }) => ({
    body: { template: 'fabrication', kind: 'quoted', audience: 'customer', jobId: a.jobs.paid.id },
    foreignInBody: ['jobId'],
  }),
  sendTestMail: () => ({ body: { template: 'order', kind: 'placed', audience: 'shop' } }),
  undoStep: onJob('draft', empty),
  submitJob: onJob('draft', empty),
  startQuoting: onJob('draft', empty),
  holdJob: onJob('draft', () => ({ reason: 'waits for filament' })),
  resumeJob: onJob('draft', empty),
  sendQuote: onJob('draft', () => ({ message: 'As discussed.' })),
  withdrawQuote: onJob('draft', empty),
  cancelJob: onJob('draft', () => ({ reason: 'not needed' })),
  reopenJob: onJob('draft', () => ({ reason: 'after all' })),
  approveQuote: onJob('approvable', () => ({ version: 1, name: 'Cleo Customer' })),
  requestChanges: onJob('changeable', () => ({ version: 1, message: 'in red' })),
  declineQuote: onJob('declinable', () => ({ version: 1, reason: 'too dear' })),
  startRun: (world) => ({
    params: { jobId: world.a.jobs.approvable.id },
    body: { partId: firstPart(world, 'approvable'), machineId: world.a.freeMachineId, quantity: 1 },
    foreignInBody: ['partId', 'machineId'],
  }),
  pauseRun: onHandRun(),
  continueRun: onHandRun(),
  endRun: onHandRun({ outcome: 'finished', grams: 12 }),
  finishProduction: onJob('finishable', empty),
  failCheck: (world) => ({
    params: { jobId: world.a.jobs.finishable.id },
    body: { partId: firstPart(world, 'finishable'), count: 1, reason: 'layer shift' },
    foreignInBody: ['partId'],
  }),
  passCheck: onJob('passable', () => ({ note: 'clean' })),
  handOver: onJob('passable', () => ({ receivedBy: 'Cleo Customer' })),
  placeOrder: onJob('basket', ({ a }) => ({ totalMinor: a.basketMinor, name: 'Cleo Customer' })),
  askPayment: onJob('basket', empty),
  providePurchaseOrder: onJob('basket', () => ({ number: 'PO-7' })),
  releaseJob: onJob('basket', empty),
  callPaymentDue: onJob('owed', empty),
  changeJob: onJob('owed', () => ({ to: 'ready_to_make', reason: 'paid in cash', override: true })),
  previewChange: (world) => ({
    params: { jobId: world.a.jobs.owed.id },
    query: { to: 'in_production', override: 'true' },
  }),
  reportFault: (world) => ({
    params: { jobId: world.a.jobs.faulty.id },
    body: { partId: firstPart(world, 'faulty'), count: 1, reason: 'warped' },
    foreignInBody: ['partId'],
  }),
  shipJob: onJob('deliverable', () => ({ carrier: 'Post', tracking: '1Z' })),
  askVendor: onJob('piece', () => ({ vendor: { name: 'Casting House', email: 'casting@vendor.example' } })),
  recordVendorPrice: onJob('askedFirst', () => ({ costMinor: 30_000 })),
  declineVendorRequest: onJob('askedNext', () => ({ reason: 'no time' })),
  recallVendorRequest: onJob('askedLast', empty),
  recordPrice: onJob('priced', () => ({ lines: [{ name: 'Ring', quantity: 1, unitMinor: 90_000 }] })),
  beginWork: onJob('priced', empty),
  markReady: onJob('priced', empty),
  redoJob: onJob('pickedUp', () => ({ reason: 'a prong broke', promisedDate: '2099-01-01' })),
  listTemplates: empty,
  replaceTemplate: () => ({
    params: { name: 'repair' },
    body: { statuses: { review: { shop: 'Intake' } } },
    ifMatch: 0,
    ofEveryShop: true,
  }),
  confirmDelivery: onJob('deliverable', empty),
  createMachine: () => ({ body: { name: 'Spare printer', volumeMm: { x: 200, y: 200, z: 200 } } }),
  listMachines: empty,
  confirmBedClear: ({ a }) => ({ params: { machineId: a.freeMachineId } }),
  createClaim: ({ a }) => ({
    body: { machineIds: [a.freeMachineId] },
    foreignInBody: ['machineIds'],
  }),
  enrolAgent: () => ({ body: { code: 'AAAAA-AAAAA', csr: 'none' } }),
  getLiveAccess: empty,
  getInvoice: ({ a }) => ({ params: { invoiceId: a.paidInvoiceId } }),
  openCheckout: ({ a }) => ({ params: { invoiceId: a.openInvoiceId }, body: { returnPath: '/' } }),
  getAccount: onJob('paid'),
  recordPayment: onJob('invoiced', () => ({ amountMinor: 1, method: 'check', moreThanOwed: true })),
  reversePayment: ({ a }) => ({
    params: { jobId: a.jobs.invoiced.id, paymentId: a.cashPaymentId },
    body: { reason: 'never came' },
  }),
  refundPayment: ({ a }) => ({
    params: { jobId: a.jobs.paid.id, paymentId: a.onlinePaymentId },
    body: { amountMinor: 1, by: 'provider', reason: 'one cent back' },
  }),
  openJobCheckout: onJob('finishable', () => ({ returnPath: '/', part: 'all' })),
  chargeStoredMethod: onJob('invoiced', ({ a }) => ({ amountMinor: a.openInvoiceMinor })),
  getStoredMethod: empty,
  removeStoredMethod: empty,
  addAdjustment: onJob('running', () => ({ label: 'Glue', unitMinor: 1, reason: 'rework' })),
  answerAdjustment: ({ a }) => ({
    params: { jobId: a.jobs.running.id, adjustmentId: a.adjustmentId },
    body: { accept: true, name: 'Cleo Customer' },
  }),
  exportBooks: () => ({ query: { list: 'invoices', from: '2026-01-01', to: '2026-12-31' } }),
  setExternalRef: ({ a }) => ({
    body: { kind: 'invoice', id: a.paidInvoiceId, system: 'xero', externalId: 'X-1' },
    foreignInBody: ['id'],
  }),
  createCreditNote: ({ a }) => ({
    params: { invoiceId: a.openInvoiceId },
    body: { amountMinor: 1, reason: 'one cent back' },
  }),
  listDocuments: onJob('paid'),
  getDocument: ({ a }) => ({ params: { jobId: a.jobs.paid.id, documentKey: 'packing_slip' } }),
  getLetterhead: empty,
  replaceLetterhead: () => ({
    body: {
      address: 'Workshop Road 1',
      phone: '',
      website: '',
      taxNumber: '',
      accentColor: '#204060',
      locale: 'en-GB',
      quoteTerms: '',
      paymentTerms: '',
    },
    ifMatch: 0,
  }),
  previewLetterhead: () => ({
    body: {
      address: 'Workshop Road 1',
      phone: '',
      website: '',
      taxNumber: '',
      accentColor: '#204060',
      locale: 'en-GB',
      quoteTerms: '',
      paymentTerms: '',
    },
  }),
  listCreditNotes: ({ a }) => ({ params: { invoiceId: a.paidInvoiceId } }),
  listPurchaseOrders: onJob('paid'),
  listChecklists: empty,
  replaceChecklist: () => ({
    body: { id: 'laser', name: 'Laser', items: [{ id: 'edge', label: 'Edge' }] },
    ifMatch: 0,
  }),
  recordInspection: onJob('deliverable', () => ({
    checklistId: 'fdm',
    checklistVersion: 0,
    items: firstChecklist('fdm').items.map(({ id }) => ({ itemId: id, result: 'na' })),
  })),
  listInspections: onJob('deliverable'),
  getFirstPassYield: () => ({ query: { from: '2026-01-01', to: '2099-12-31' } }),
  createPhoto: onJob('paid', () => ({ name: 'front.jpg', bytes: 1000 })),
  listPhotos: onJob('paid'),
  sharePhoto: ({ a }) => ({
    params: { jobId: a.jobs.paid.id, photoId: a.photoId },
    body: { shared: true },
  }),
  removePhoto: ({ a }) => ({ params: { jobId: a.jobs.paid.id, photoId: a.photoId } }),
  createPurchaseOrder: onJob('running', () => ({
    vendor: { name: 'Plating Ltd', email: 'office@plating.example' },
    lines: [{ label: 'Nickel plating', quantity: 1 }],
  })),
  getVendorOrder: ({ a }) => ({ params: { purchaseOrderId: a.purchaseOrderId } }),
  stripeWebhook: () => ({ body: { id: 'evt_1', type: 'checkout.session.completed' } }),
};

/** Public routes that answer a visitor with "no" for want of a secret, and the secret they want. */
export const withSecret: Record<string, (world: World, secretOf: SecretOf) => Promise<Fixture>> = {
  openSession: async ({ a }, secretOf) => ({
    params: { slug: a.slug },
    body: { email: 'visitor@mail.example', code: await secretOf.code('visitor@mail.example') },
  }),
  enrolAgent: async ({ a }) => ({ body: { code: await freshClaim(a), csr: await certificateRequest() } }),
};
export interface SecretOf {
  code(email: string): Promise<string>;
}

/** The steps of one day in shop A, in an order in which each is possible, and by whom: proof that every fixture is right. */
export function day({ a, operator: kerf }: World): [routeId: string, by: Credential][] {
  const { owner, operator, sales } = a.staff;
  const customer = a.customer.credential;
  return [
    // Before anything changes its price.
    ['placeOrder', customer],
    ['createShop', owner],
    ['connectPayments', owner],
    ['requestCode', { kind: 'none' }],
    ['openSession', { kind: 'none' }],
    ['createMachine', owner],
    ['createClaim', owner],
    ['enrolAgent', { kind: 'none' }],
    ['createCustomer', sales],
    ['replaceContact', customer],
    ['setPriceTerms', sales],
    ['archiveCustomer', sales],
    ['createVendor', sales],
    ['replaceVendor', sales],
    ['archiveVendor', sales],
    ['createJob', sales],
    ['reorderJob', customer],
    ['createFile', customer],
    ['addPart', customer],
    ['tryPrice', customer],
    ['tryQuoteEdits', sales],
    ['saveQuoteDraft', sales],
    ['setFileUnit', customer],
    ['repairFile', customer],
    ['removePart', customer],
    ['editJob', sales],
    ['editPart', customer],
    ['setLayerUses', customer],
    ['removeFile', customer],
    ['submitJob', customer],
    ['startQuoting', sales],
    ['undoStep', sales],
    ['holdJob', sales],
    ['resumeJob', sales],
    ['sendQuote', sales],
    ['withdrawQuote', sales],
    ['cancelJob', customer],
    ['reopenJob', sales],
    ['approveQuote', a.links.approvable],
    ['requestChanges', customer],
    ['declineQuote', a.links.declinable],
    ['confirmBedClear', operator],
    ['startRun', operator],
    ['pauseRun', operator],
    ['continueRun', operator],
    ['endRun', operator],
    ['finishProduction', operator],
    ['failCheck', operator],
    ['passCheck', operator],
    ['handOver', sales],
    ['recordInspection', operator],
    ['createPhoto', operator],
    ['sharePhoto', sales],
    ['removePhoto', owner],
    ['replaceChecklist', owner],
    ['shipJob', sales],
    ['confirmDelivery', sales],
    ['askPayment', sales],
    ['providePurchaseOrder', customer],
    ['releaseJob', sales],
    ['callPaymentDue', sales],
    ['changeJob', sales],
    ['reportFault', operator],
    ['askVendor', sales],
    ['recordVendorPrice', sales],
    ['declineVendorRequest', sales],
    ['assignVendor', sales],
    ['showToVendor', sales],
    ['changeSalesperson', sales],
    ['changePromise', sales],
    ['createVendorDrawing', a.vendorLinks.askedByLink],
    ['giveVendorPrice', a.vendorLinks.askedByLink],
    ['refuseVendorRequest', a.vendorLinks.askedOtherwise],
    ['recallVendorRequest', sales],
    ['recordPrice', sales],
    ['beginWork', operator],
    ['markReady', operator],
    ['redoJob', sales],
    ['writeMessage', customer],
    ['readMessages', sales],
    ['clearMailTrouble', sales],
    ['previewMail', owner],
    ['sendTestMail', owner],
    ['replaceMailSettings', owner],
    ['replaceTemplate', owner],
    ['openCheckout', customer],
    ['openJobCheckout', customer],
    ['chargeStoredMethod', owner],
    ['recordPayment', sales],
    ['reversePayment', owner],
    ['refundPayment', owner],
    ['addAdjustment', sales],
    ['answerAdjustment', customer],
    ['removeStoredMethod', customer],
    ['setExternalRef', owner],
    ['createCreditNote', owner],
    ['createPurchaseOrder', sales],
    ['previewLetterhead', owner],
    ['replaceLetterhead', owner],
    ['replacePriceBook', owner],
    ['setMachineProfile', owner],
    ['changePlan', kerf],
    ['restartWorkflow', kerf],
    ['retryTrouble', kerf],
    ['dismissTrouble', kerf],
    ['visitShop', kerf],
    ['endVisit', kerf],
    ['suspendShop', kerf],
    ['liftSuspension', kerf],
  ];
}
