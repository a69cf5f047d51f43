import * as routes from '#contract/routes/documents.ts';
import { isRefusal } from '#domain/refusal.ts';
import { loadJob } from '../../adapters/dynamo/repositories/jobs.ts';
import { tenant } from '../../adapters/dynamo/tenant.ts';
import { downloadUrl, downloadUrlEnds } from '../../adapters/s3/files.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { loadPapers } from '../../use-cases/papers.ts';
import { printPaper } from '../../use-cases/print-paper.ts';

/** The one paper that the mailed link names; of its job nothing else. */
export const getVendorOrder = implement(routes.getVendorOrder, async ({ caller, params }) => {
  const { purchaseOrderId } = params;
  if (caller.kind !== 'vendor' || caller.purchaseOrderId !== purchaseOrderId) throw notFound();
  const t = tenant(caller.shopId);
  const loaded = await loadJob(t, caller.jobId);
  if (!loaded) throw notFound();
  const papers = await loadPapers(t, loaded);
  const order = papers.purchaseOrders.find(({ id }) => id === purchaseOrderId);
  if (!order) throw notFound();
  const printed = await printPaper(t, papers, { kind: 'purchase_order', id: purchaseOrderId });
  if (isRefusal(printed)) throw refused(printed);
  return {
    shop: { name: papers.letterhead.shopName },
    number: order.number,
    url: await downloadUrl(t.shopId, printed.objectKey),
    expiresAt: downloadUrlEnds(),
  };
});
