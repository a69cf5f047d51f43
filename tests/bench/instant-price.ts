/**
 * How fast a price follows a choice: asking what it would be, beside storing the choice and then asking for the price. One shop and one
 * part on an embedded cloud of its own, over HTTP, warm. Prints milliseconds and the ratio.
 *
 *   node tests/bench/instant-price.ts
 */
import { editPart } from '#contract/routes/edits.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { openShop, signInCustomer } from '../../scripts/walk/people.ts';
import { draftWithPart } from '../../scripts/walk/request.ts';
import { model, startKerf } from '../integration/support/kerf.ts';

const rounds = 60;
const kerf = await startKerf();
try {
  const shop = await openShop(kerf.instance, 'Bench Fabrication');
  const { call } = await signInCustomer(kerf.instance, shop.slug);
  const { id: jobId, parts } = await draftWithPart(call, 'A bracket', model('sound/bracket.stl'));
  const params = { jobId };
  const partId = parts[0]?.id ?? '';

  const ask = (infillPercent: number) =>
    call(jobs.tryPrice, { params, body: { parts: [{ partId, infillPercent }] } });
  const store = async (infillPercent: number) => {
    await call(editPart, { params: { jobId, partId }, body: { infillPercent } });
    return call(jobs.getPrice, { params });
  };
  const timed = async (what: (infillPercent: number) => Promise<unknown>): Promise<number[]> => {
    const times: number[] = [];
    for (let round = -10; round < rounds; round++) {
      const start = performance.now();
      await what(20 + ((round + 10) % 60));
      if (round >= 0) times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b);
  };
  const asked = await timed(ask);
  const stored = await timed(store);
  const at = (times: number[], share: number) => times[Math.floor(times.length * share)]!;
  const row = (name: string, times: number[]) =>
    console.log(
      `${name.padEnd(24)} median ${at(times, 0.5).toFixed(1)} ms, 95 % within ${at(times, 0.95).toFixed(1)} ms`,
    );
  row('asked', asked);
  row('stored, then priced', stored);
  console.log(`asking takes ${(at(asked, 0.5) / at(stored, 0.5)).toFixed(2)} of storing and pricing`);
} finally {
  await kerf.stop();
}
