import { Progress, Text } from '@mantine/core';
import type { UsageView } from '#contract/views/platform.ts';
import { sizeWords } from '#domain/platform/plan.ts';
import { number } from '../../shared/format.ts';

const names: Record<UsageView['limits'][number]['what'], string> = {
  jobsPerMonth: 'Jobs this month',
  storageBytes: 'Files',
  machines: 'Machines',
};
const amount = (what: UsageView['limits'][number]['what'], value: number): string =>
  what === 'storageBytes' ? sizeWords(value) : number(value, 0);

/** What is used of the plan, and month by month. `dollars` is what each month cost Kerf: for operators. */
export function UsageCard({ usage, dollars }: { usage: UsageView; dollars?: readonly number[] }) {
  return (
    <section className="card">
      <h2>Use of the plan {usage.planTitle}</h2>
      <ul className="plain-list usage-limits">
        {usage.limits.map(({ what, used, limit }) => (
          <li key={what}>
            <Text size="sm">
              {names[what]}: <b>{amount(what, used)}</b>
              {limit === undefined ? ', no limit' : ` of ${amount(what, limit)}`}
            </Text>
            {limit !== undefined && (
              <Progress
                aria-label={names[what]}
                value={Math.min(100, (used / limit) * 100)}
                color={used >= limit ? 'red' : used > limit * 0.8 ? 'yellow' : 'indigo'}
              />
            )}
          </li>
        ))}
      </ul>
      <div className="scroll-x" role="region" aria-label="Months" tabIndex={0}>
        <table className="plain usage-months">
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col" className="amount">
                Jobs
              </th>
              <th scope="col" className="amount">
                Mails
              </th>
              <th scope="col" className="amount">
                Files
              </th>
              <th scope="col" className="amount">
                Stored
              </th>
              <th scope="col" className="amount">
                API calls
              </th>
              <th scope="col" className="amount">
                Events
              </th>
              <th scope="col" className="amount">
                Machine messages
              </th>
              {dollars && (
                <th scope="col" className="amount">
                  About
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {usage.months.map((month, index) => (
              <tr key={month.month}>
                <th scope="row">{month.month}</th>
                <td className="amount">{number(month.jobs, 0)}</td>
                <td className="amount">{number(month.mails, 0)}</td>
                <td className="amount">{number(month.files, 0)}</td>
                <td className="amount">{sizeWords(month.storedBytes)}</td>
                <td className="amount">{number(month.calls, 0)}</td>
                <td className="amount">{number(month.events, 0)}</td>
                <td className="amount">{number(month.machineMessages, 0)}</td>
                {dollars && <td className="amount">${(dollars[index] ?? 0).toFixed(4)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Text size="sm" c="dimmed" mt="xs">
        Months are UTC. API calls are written down with a minute’s delay.
      </Text>
    </section>
  );
}
