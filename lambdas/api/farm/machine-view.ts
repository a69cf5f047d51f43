import type { MachineView } from '#contract/routes/farm.ts';
import type { Machine, MachineLive } from '#domain/machine/machine.ts';

export function machineView({ createdAt: _, ...machine }: Machine, live?: MachineLive): MachineView {
  if (!live) return machine;
  const { machineId: __, runId: ___, ...telemetry } = live;
  return { ...machine, live: telemetry };
}
