import type { InspectionView } from '#contract/routes/quality.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';

export const inspectionView = ({ inspector, ...inspection }: Inspection): InspectionView => ({
  ...inspection,
  inspector: inspector.name,
});
