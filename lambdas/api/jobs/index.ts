import { apiHandler } from '../../http/stack.ts';
import { addPart } from './add-part.ts';
import { approveQuote } from './approve-quote.ts';
import { cancelJob } from './cancel-job.ts';
import { compareQuotes } from './compare-quotes.ts';
import { confirmDelivery } from './confirm-delivery.ts';
import { createFile } from './create-file.ts';
import { createJob } from './create-job.ts';
import { declineQuote } from './decline-quote.ts';
import { editJob } from './edit-job.ts';
import { editPart } from './edit-part.ts';
import { failCheck } from './fail-check.ts';
import { finishProduction } from './finish-production.ts';
import { getFileLinks } from './get-file-links.ts';
import { getJob } from './get-job.ts';
import { getPrice } from './get-price.ts';
import { getQuoteDraft } from './get-quote-draft.ts';
import { handOver } from './hand-over.ts';
import { holdJob } from './hold-job.ts';
import { listEvents } from './list-events.ts';
import { listJobEvents } from './list-job-events.ts';
import { listJobs } from './list-jobs.ts';
import { passCheck } from './pass-check.ts';
import { removeFile } from './remove-file.ts';
import { recomputeQuote } from './recompute-quote.ts';
import { removePart } from './remove-part.ts';
import { reopenJob } from './reopen-job.ts';
import { requestChanges } from './request-changes.ts';
import { resumeJob } from './resume-job.ts';
import { saveQuoteDraft } from './save-quote-draft.ts';
import { sendQuote } from './send-quote.ts';
import { setFileUnit } from './set-file-unit.ts';
import { setLayerUses } from './set-layer-uses.ts';
import { startQuoting } from './start-quoting.ts';
import { startRun } from './start-run.ts';
import { submitJob } from './submit-job.ts';
import { tryPrice } from './try-price.ts';
import { tryQuoteEdits } from './try-quote-edits.ts';
import { withdrawQuote } from './withdraw-quote.ts';

/** The jobs context: one Lambda. */
export const handler = apiHandler([
  addPart,
  approveQuote,
  cancelJob,
  compareQuotes,
  confirmDelivery,
  createFile,
  createJob,
  declineQuote,
  editJob,
  editPart,
  failCheck,
  finishProduction,
  getFileLinks,
  getJob,
  getPrice,
  getQuoteDraft,
  handOver,
  holdJob,
  listEvents,
  listJobEvents,
  listJobs,
  passCheck,
  removeFile,
  recomputeQuote,
  removePart,
  reopenJob,
  requestChanges,
  saveQuoteDraft,
  resumeJob,
  sendQuote,
  setFileUnit,
  setLayerUses,
  startQuoting,
  startRun,
  submitJob,
  tryPrice,
  tryQuoteEdits,
  withdrawQuote,
]);
