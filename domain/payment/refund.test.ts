import { expect, test } from 'vitest';
import { answerRefund, type Refund, type RefundAnswer } from './refund.ts';

const now = '2026-11-02T09:00:00.000Z';
const asked: Refund = {
  id: 'rfd_1',
  jobId: 'job_1',
  paymentId: 'pay_1',
  amountMinor: 300,
  currency: 'USD',
  by: 'provider',
  reason: 'scratched',
  state: 'pending',
  askedAt: now,
  askedBy: 'Ana',
};
const pending: RefundAnswer = { outcome: 'pending', providerId: 're_1' };
const settled: RefundAnswer = { outcome: 'settled', providerId: 're_1' };
const failed: RefundAnswer = { outcome: 'failed', providerId: 're_1', failure: 'account closed' };
const refused: RefundAnswer = { outcome: 'failed', failure: 'already refunded' };
const of = (id: string, answer: RefundAnswer): RefundAnswer => ({ ...answer, providerId: id });

const after = (...answers: RefundAnswer[]) =>
  answers.reduce((row, answer) => answerRefund(row, answer, now) ?? row, asked);

test('a refund that is on its way is known by the provider’s id, and that is news once', () => {
  expect(after(pending)).toMatchObject({ state: 'pending', providerId: 're_1' });
  expect(answerRefund(after(pending), pending, now)).toBeUndefined();
  expect(answerRefund(after(settled), pending, now)).toBeUndefined();
});

test.each([
  [[pending, settled, failed]],
  [[failed, settled, pending]],
  [[settled, failed, settled, pending]],
  [[failed, pending, failed, settled]],
  [[refused, failed, settled]],
])('a refund that the bank sent back has failed, in whatever order that is told', (answers) => {
  expect(after(...answers)).toMatchObject({ state: 'failed', providerId: 're_1', failure: 'account closed' });
});

test('a request that was refused counts as money that went when the provider says that it went after all', () => {
  expect(after(refused)).toMatchObject({ state: 'failed', failure: 'already refunded' });
  const row = after(refused, settled);
  expect(row).toMatchObject({ state: 'settled', providerId: 're_1', settledAt: now });
  expect(row).not.toHaveProperty('failure');
});

test('a refusal, or the end of another refund, says nothing of one that the provider has taken', () => {
  for (const taken of [pending, settled])
    for (const other of [refused, of('re_2', failed)])
      expect(answerRefund(after(taken), other, now)).toBeUndefined();
  expect(after(failed, of('re_2', settled))).toMatchObject({ state: 'settled', providerId: 're_2' });
});
