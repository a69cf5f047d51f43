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

export const temperatureWords = (t: Temperatures): string =>
  `Nozzle ${Math.round(t.nozzle)} of ${Math.round(t.nozzleTarget)} °C · Bed ${Math.round(t.bed)} of ${Math.round(t.bedTarget)} °C`;
