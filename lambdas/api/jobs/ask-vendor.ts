import * as routes from '#contract/routes/lifecycle.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import { showToVendor } from '#domain/job/assign-vendor.ts';
import { implement } from '../../http/stack.ts';
import { chosenVendor, identityOf, requestFor } from './chosen-vendor.ts';
import { runCommand } from './run-command.ts';
import { showable } from './showable.ts';

export const askVendor = implement(routes.askVendor, (request) =>
  runCommand(request, async (loaded, _, t) => {
    const { vendorId, vendor: named, message, shows } = request.body;
    const { vendor: before } = loaded.job;
    if (vendorId !== undefined && named)
      return refuse('invalid', 'Name one of your vendors or somebody else, not both.', 'vendor');
    const chosen =
      vendorId === undefined ? (named ?? (before && identityOf(before))) : await chosenVendor(t, vendorId);
    if (!chosen) return refuse('invalid', 'Name the vendor to ask.', 'vendorId');
    const shownBefore = before?.email === chosen.email ? before.shows : undefined;
    const vendor = {
      ...chosen,
      ...requestFor(chosen.email, before),
      ...(message === undefined ? {} : { message }),
      shows: shownBefore ?? [],
    };
    const shown = shows && showToVendor({ ...loaded.job, vendor }, shows, await showable(t, loaded));
    if (isRefusal(shown)) return shown;
    return {
      command: {
        name: 'ask_vendor',
        vendor: shown?.vendor ?? vendor,
        ...(message === undefined ? {} : { message }),
      },
    };
  }),
);
