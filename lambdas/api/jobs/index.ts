import { shopApiHandler } from '../../http/shop-api.ts';
import { addPart } from './add-part.ts';
import { approveQuote } from './approve-quote.ts';
import { askPayment } from './ask-payment.ts';
import { askVendor } from './ask-vendor.ts';
import { assignVendor } from './assign-vendor.ts';
import { beginWork } from './begin-work.ts';
import { callPaymentDue } from './call-payment-due.ts';
import { cancelJob } from './cancel-job.ts';
import { changeJob } from './change-job.ts';
import { changePromise } from './change-promise.ts';
import { changeSalesperson } from './change-salesperson.ts';
import { compareQuotes } from './compare-quotes.ts';
import { confirmDelivery } from './confirm-delivery.ts';
import { continueRun } from './continue-run.ts';
import { createFile } from './create-file.ts';
import { createJob } from './create-job.ts';
import { createVendorDrawing } from './create-vendor-drawing.ts';
import { declineQuote } from './decline-quote.ts';
import { declineVendorRequest } from './decline-vendor-request.ts';
import { editJob } from './edit-job.ts';
import { editPart } from './edit-part.ts';
import { endRun } from './end-run.ts';
import { failCheck } from './fail-check.ts';
import { finishProduction } from './finish-production.ts';
import { getFileLinks } from './get-file-links.ts';
import { getJob } from './get-job.ts';
import { getPrice } from './get-price.ts';
import { getQuoteDraft } from './get-quote-draft.ts';
import { getVendorRequest } from './get-vendor-request.ts';
import { giveVendorPrice } from './give-vendor-price.ts';
import { handOver } from './hand-over.ts';
import { holdJob } from './hold-job.ts';
import { listEvents } from './list-events.ts';
import { listJobEvents } from './list-job-events.ts';
import { listJobs } from './list-jobs.ts';
import { markReady } from './mark-ready.ts';
import { passCheck } from './pass-check.ts';
import { pauseRun } from './pause-run.ts';
import { placeOrder } from './place-order.ts';
import { previewChange } from './preview-change.ts';
import { providePurchaseOrder } from './provide-purchase-order.ts';
import { recallVendorRequest } from './recall-vendor-request.ts';
import { recomputeQuote } from './recompute-quote.ts';
import { recordPrice } from './record-price.ts';
import { recordVendorPrice } from './record-vendor-price.ts';
import { redoJob } from './redo-job.ts';
import { refuseVendorRequest } from './refuse-vendor-request.ts';
import { releaseJob } from './release-job.ts';
import { removeFile } from './remove-file.ts';
import { removePart } from './remove-part.ts';
import { reopenJob } from './reopen-job.ts';
import { reorderJob } from './reorder-job.ts';
import { repairFile } from './repair-file.ts';
import { reportFault } from './report-fault.ts';
import { requestChanges } from './request-changes.ts';
import { resumeJob } from './resume-job.ts';
import { saveQuoteDraft } from './save-quote-draft.ts';
import { sendQuote } from './send-quote.ts';
import { setFileUnit } from './set-file-unit.ts';
import { setLayerUses } from './set-layer-uses.ts';
import { shipJob } from './ship-job.ts';
import { showToVendor } from './show-to-vendor.ts';
import { startQuoting } from './start-quoting.ts';
import { startRun } from './start-run.ts';
import { submitJob } from './submit-job.ts';
import { tryPrice } from './try-price.ts';
import { tryQuoteEdits } from './try-quote-edits.ts';
import { undoStep } from './undo-step.ts';
import { withdrawQuote } from './withdraw-quote.ts';

/** The jobs context: one Lambda. */
export const handler = shopApiHandler([
  addPart,
  approveQuote,
  askPayment,
  askVendor,
  assignVendor,
  beginWork,
  callPaymentDue,
  cancelJob,
  changeJob,
  changePromise,
  changeSalesperson,
  compareQuotes,
  confirmDelivery,
  continueRun,
  createFile,
  createJob,
  createVendorDrawing,
  declineQuote,
  declineVendorRequest,
  editJob,
  editPart,
  endRun,
  failCheck,
  finishProduction,
  getFileLinks,
  getJob,
  getPrice,
  getQuoteDraft,
  getVendorRequest,
  giveVendorPrice,
  handOver,
  holdJob,
  listEvents,
  listJobEvents,
  listJobs,
  markReady,
  passCheck,
  pauseRun,
  placeOrder,
  previewChange,
  providePurchaseOrder,
  recallVendorRequest,
  recomputeQuote,
  recordPrice,
  recordVendorPrice,
  redoJob,
  refuseVendorRequest,
  releaseJob,
  removeFile,
  removePart,
  reopenJob,
  reorderJob,
  repairFile,
  reportFault,
  requestChanges,
  resumeJob,
  saveQuoteDraft,
  sendQuote,
  setFileUnit,
  setLayerUses,
  shipJob,
  showToVendor,
  startQuoting,
  startRun,
  submitJob,
  tryPrice,
  tryQuoteEdits,
  undoStep,
  withdrawQuote,
]);
