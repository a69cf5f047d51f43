import type { InvoiceView } from '#contract/routes/billing.ts';
import { money } from './format.ts';

export function InvoiceTable({ invoice }: { invoice: InvoiceView }) {
  const amount = (minor: number) => money(minor, invoice.currency);
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={`Invoice ${invoice.number}`}>
      <table className="plain">
        <thead>
          <tr>
            <th>Line</th>
            <th className="amount">Each</th>
            <th className="amount">Total</th>
          </tr>
        </thead>
        <tbody>
          {invoice.lines.map((line, index) => (
            <tr key={index}>
              <td>
                {line.quantity} × {line.label}
              </td>
              <td className="amount">{amount(line.unitMinor)}</td>
              <td className="amount">{amount(line.totalMinor)}</td>
            </tr>
          ))}
          <tr>
            <td colSpan={2}>Tax</td>
            <td className="amount">{amount(invoice.taxMinor)}</td>
          </tr>
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              Total
            </th>
            <td className="amount">{amount(invoice.totalMinor)}</td>
          </tr>
          {invoice.creditedMinor > 0 && (
            <tr>
              <td colSpan={2}>Credited</td>
              <td className="amount">{amount(-invoice.creditedMinor)}</td>
            </tr>
          )}
          {invoice.paidMinor > 0 && (
            <tr>
              <td colSpan={2}>Paid</td>
              <td className="amount">{amount(-invoice.paidMinor)}</td>
            </tr>
          )}
          {invoice.owedMinor > 0 && invoice.owedMinor < invoice.totalMinor && (
            <tr>
              <th scope="row" colSpan={2}>
                Still to pay
              </th>
              <td className="amount">{amount(invoice.owedMinor)}</td>
            </tr>
          )}
        </tfoot>
      </table>
    </div>
  );
}
