/** Tells one reactor of a shop's events once more. See docs/operations/poison-event.md. */
import { parseArgs } from 'node:util';
import { openPlatform, tellHandlers, whereOf } from './platform/platform.ts';
import { invokeHere, invokeInStage } from './replay/invoke.ts';
import { replayEvents } from './replay/replay-events.ts';

const usage =
  'Usage: npm run replay -- --shop ID --from NUMBER --to NUMBER --reactor NAME (--stage NAME | --data FOLDER) [--apply]';

const numberOf = (text: string | undefined): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(usage);
  return value;
};

try {
  const { values } = parseArgs({
    options: {
      shop: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      reactor: { type: 'string' },
      stage: { type: 'string' },
      data: { type: 'string' },
      apply: { type: 'boolean', default: false },
    },
  });
  const { shop: shopId, reactor, apply } = values;
  if (!shopId || !reactor) throw new Error(usage);
  const [from, to] = [numberOf(values.from), numberOf(values.to)];
  const where = whereOf(values);
  if ('data' in where) await tellHandlers(where.data);
  const platform = await openPlatform(where);
  const invoke = 'stage' in where ? invokeInStage(where.stage) : invokeHere;
  const { told, passedOver } = await replayEvents(
    platform,
    { shopId, reactor, from, to },
    apply ? invoke : undefined,
  );
  console.log(
    `${reactor}: ${told.length} events ${apply ? 'told' : 'to be told'} (${told.join(', ')}), ${passedOver} of other kinds.`,
  );
  if (!apply) console.log('Nothing was told. Repeat it with --apply.');
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
