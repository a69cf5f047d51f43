/** Pays on the payment simulator's page without a browser. */
export async function payAtCheckout(url: string, card = '4242424242424242'): Promise<void> {
  const { origin, pathname } = new URL(url);
  const session = pathname.split('/').at(-1) ?? '';
  const response = await fetch(`${origin}/_sim/checkout/${session}/pay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ card }),
  });
  if (!response.ok) throw new Error(`The payment page answered ${response.status}: ${await response.text()}`);
}
