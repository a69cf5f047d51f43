import { Progress, Text } from '@mantine/core';
import { duration } from './format.ts';

/** How far a print is, as a bar and in words. */
export function PrintProgress({
  label,
  percent,
  etaSeconds,
  extra,
}: {
  label: string;
  percent: number | undefined;
  etaSeconds: number | undefined;
  extra?: string;
}) {
  if (percent === undefined) return null;
  const parts = [
    `${Math.round(percent)} %`,
    ...(etaSeconds === undefined ? [] : [`${duration(etaSeconds)} left`]),
    ...(extra === undefined ? [] : [extra]),
  ];
  return (
    <>
      <Progress value={percent} aria-label={label} mt={6} mb={4} color="indigo" />
      <Text size="sm">{parts.join(' · ')}</Text>
    </>
  );
}

interface Temperatures {
  nozzle: number;
  nozzleTarget: number;
  bed: number;
  bedTarget: number;
}

const reading = (name: string, now: number, target: number): string =>
  target > 0 ? `${name} ${Math.round(now)} of ${Math.round(target)} °C` : `${name} ${Math.round(now)} °C`;

/** "Nozzle 208 of 215 °C · Bed 60 of 60 °C"; without the target where nothing is heated. */
export const temperatureWords = (t: Temperatures): string =>
  `${reading('Nozzle', t.nozzle, t.nozzleTarget)} · ${reading('Bed', t.bed, t.bedTarget)}`;
