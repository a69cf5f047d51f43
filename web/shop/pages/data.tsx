import { Stack, Text } from '@mantine/core';
import { askExport } from '#contract/routes/exports.ts';
import { CloseShop } from '../data/close-shop.tsx';
import { Exports } from '../data/exports.tsx';
import { mayCall, useOffice } from '../office.ts';
import { SettingsSubpage } from '../settings/settings-page.tsx';

/** What the shop takes with it, and how it goes. */
export function DataPage() {
  const { role } = useOffice();
  return (
    <SettingsSubpage title="Data">
      {mayCall(role, askExport) ? (
        <Stack>
          <Exports />
          <CloseShop />
        </Stack>
      ) : (
        <div className="card">
          <Text>The owner of the shop takes its data along, and closes it.</Text>
        </div>
      )}
    </SettingsSubpage>
  );
}
