import type { CheckoutDraft, CheckoutSession } from './payments.ts';

const escapeHtml = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** An amount in minor units in the currency's own notation. */
export function formatAmount(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: currency.toUpperCase() });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1a1f36, #eef1f8); --dim: light-dark(#545b76, #aab2c8); --line: light-dark(#dfe3ec, #3a4157);
  --ground: light-dark(#f5f6fa, #12151f); --card: light-dark(#fff, #1b2030); --accent: light-dark(#3f3bd1, #8f93ff); --on-accent: light-dark(#fff, #10121f);
  --bad: light-dark(#b3182d, #ff9aa8); --bad-ground: light-dark(#fdecef, #3a1a22); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; display: grid; gap: 1.5rem; }
@media (min-width: 48rem) { main { grid-template-columns: 1fr 1fr; padding-top: 4rem; gap: 3rem; } main.single { grid-template-columns: minmax(0, 28rem); justify-content: center; } }
.badge { display: inline-block; border: 1px solid currentcolor; border-radius: 1rem; padding: 0 .6rem; font-size: .8rem; color: var(--dim); }
h1 { font-size: 1.1rem; font-weight: 600; margin: .8rem 0 0; color: var(--dim); }
.total { font-size: 2.6rem; font-weight: 650; letter-spacing: -.02em; font-variant-numeric: tabular-nums; margin: 0 0 1rem; }
ul { list-style: none; margin: 0; padding: 0; }
li { display: flex; justify-content: space-between; gap: 1rem; padding: .7rem 0; border-top: 1px solid var(--line); }
li span:last-child { font-variant-numeric: tabular-nums; white-space: nowrap; }
small { color: var(--dim); display: block; }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: .8rem; padding: 1.5rem; box-shadow: 0 8px 30px rgb(0 0 0 / .06); }
label { display: block; font-size: .9rem; font-weight: 550; margin-bottom: .9rem; }
input { display: block; width: 100%; margin-top: .25rem; padding: .7rem .8rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .5rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .8rem; }
button { width: 100%; min-height: 3rem; padding: .7rem; font: inherit; font-weight: 600; color: var(--on-accent); background: var(--accent); border: 0; border-radius: .5rem; cursor: pointer; }
button.second { margin-top: .7rem; color: var(--ink); background: transparent; border: 1px solid var(--line); }
input:focus-visible, button:focus-visible, a:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); }
.error { color: var(--bad); background: var(--bad-ground); border-radius: .5rem; padding: .7rem .9rem; margin: 0 0 1rem; }
code { font-size: .9em; }
details { margin-top: 1.2rem; font-size: .9rem; color: var(--dim); }
`;

function page(title: string, main: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title>
<style>${STYLE}</style></head><body>${main}</body></html>`;
}

/** The payment page: what is paid for, and a card form filled with Stripe's test card. */
export function checkoutPage(session: CheckoutSession, draft: CheckoutDraft, error?: string): string {
  const total = formatAmount(session.amount_total, session.currency);
  const lines = draft.lines.map((line) => {
    const about = line.description === null ? '' : `<small>${escapeHtml(line.description)}</small>`;
    const each =
      line.quantity === 1
        ? ''
        : `<small>${line.quantity} × ${formatAmount(line.unit_amount, session.currency)}</small>`;
    return `<li><span>${escapeHtml(line.name)}${about}${each}</span><span>${formatAmount(line.quantity * line.unit_amount, session.currency)}</span></li>`;
  });
  const back =
    session.cancel_url === null
      ? ''
      : `<p><a href="${escapeHtml(session.cancel_url)}">Back to the shop</a></p>`;
  return page(
    `Pay ${total}`,
    `<main><section aria-label="Order"><span class="badge">Test payment: no money moves</span><h1>To pay</h1><p class="total">${total}</p>
<ul>${lines.join('')}</ul>${back}</section>
<section class="panel" aria-label="Card"><form method="post">
${error === undefined ? '' : `<p class="error" role="alert">${escapeHtml(error)}</p>`}
<label>E-mail<input name="email" type="email" autocomplete="email" value="${escapeHtml(session.customer_email ?? 'customer@example.com')}" required></label>
<label>Card number<input name="card" autocomplete="off" value="4242 4242 4242 4242" required></label>
<div class="pair"><label>Expires<input name="expiry" inputmode="numeric" autocomplete="off" value="12 / 34"></label>
<label>CVC<input name="cvc" inputmode="numeric" autocomplete="off" value="123"></label></div>
<label>Name on card<input name="name" autocomplete="cc-name" value="Test Customer"></label>
<button>Pay ${total}</button></form>
<details><summary>Other test cards</summary><p><code>4000 0000 0000 0002</code> is declined<br><code>4000 0000 0000 9995</code> has insufficient funds<br>
<code>4000 0025 0000 3155</code> asks for 3-D Secure<br>
<code>4000 0027 6000 3184</code> asks for it again at every later charge<br>
<code>4000 0000 0000 0341</code> pays now and is declined at later charges<br>
<code>AT61 1904 3002 3457 3201</code> is a bank debit that arrives a day later<br>
<code>AT86 1904 3002 3547 3202</code> is a bank debit that fails a day later</p></details></section></main>`,
  );
}

/** The bank's question in the 3-D Secure step. */
export function challengePage(session: CheckoutSession): string {
  const total = formatAmount(session.amount_total, session.currency);
  return page(
    'Confirm with your bank',
    `<main class="single"><section class="panel"><span class="badge">3-D Secure test</span><h1>Your bank asks</h1><p class="total">${total}</p>
<p>Do you want to pay this amount?</p><form method="post" action="/checkout/${session.id}/3ds">
<button name="outcome" value="complete">Complete</button><button class="second" name="outcome" value="fail">Fail</button></form></section></main>`,
  );
}

/** For a session that can no longer be paid, or that nobody made. */
export function closedPage(status: 'complete' | 'expired' | 'missing'): string {
  const says = {
    complete: ['Paid', 'This payment is complete. You may close this page.'],
    expired: ['Expired', 'This payment page has expired. Ask the shop for a new one.'],
    missing: ['Nothing here', 'There is no such payment page. Check the link.'],
  } as const;
  const [title, sentence] = says[status];
  return page(
    title,
    `<main class="single"><section class="panel"><h1>${title}</h1><p>${sentence}</p></section></main>`,
  );
}
