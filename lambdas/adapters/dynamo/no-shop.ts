/** The shop's own row is gone: it was deleted while somebody was still let in. */
export class NoShopError extends Error {
  constructor(shopId: string) {
    super(`Shop ${shopId} has no row`);
    this.name = 'NoShopError';
  }
}
