import * as routes from '#contract/routes/shops.ts';
import { importProfile } from '#domain/estimate/import-profile.ts';
import type { MachineProfile } from '#domain/price/price-book.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { priceBookView } from './price-book-view.ts';
import { putPriceBook } from './put-price-book.ts';

export const setMachineProfile = implement(routes.setMachineProfile, async ({ caller, body, ifMatch }) => {
  const { t } = inShop(caller);
  const profile = body.profile && read(body.profile);
  const book = await putPriceBook(t, ifMatch, (current) => {
    const machine = current.machines.find(({ id }) => id === body.machineId);
    if (machine?.process !== 'fdm')
      throw new ApiError(
        'invalid_request',
        machine
          ? `${machine.name} prints no filament: only filament printers have a slicer's profile.`
          : 'The price book has no such machine.',
        'machineId',
      );
    const { profile: _, ...bare } = machine;
    const changed = profile ? { ...bare, profile } : bare;
    return {
      ...current,
      machines: current.machines.map((each) => (each === machine ? changed : each)),
    };
  });
  return priceBookView(book);
});

function read({ name, text }: { name: string; text: string }): MachineProfile {
  const imported = importProfile(text);
  if ('refused' in imported) throw new ApiError('invalid_request', imported.refused, 'profile.text');
  return { name, ...imported };
}
