/** What we write into the metadata of the provider's objects, to know them again. */

/** Told with a page whose card is to be kept. */
export const keepMark = 'kerf_keep';
/** Names what a charge without a page is for. */
export const referenceMark = 'kerf_for';
/** Names what a page of ours is for: any payer may write a reference into the address of a payment link of the shop's, but no mark. */
export const ownPageMark = 'kerf_reference';
/** Names what the payment of a page is for; the page itself reports how it went. */
export const pageMark = 'kerf_page';
/** Names the refund of ours that the provider made. */
export const refundMark = 'kerf_refund';
/** Names the try that a charge was made for: its idempotency key, which the provider itself forgets after a day. */
export const tryMark = 'kerf_try';
