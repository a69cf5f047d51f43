import { Button, Text } from '@mantine/core';
import { memo, useEffect, useId, useState } from 'react';
import { formatBytes, formatCount } from '#domain/geometry/words.ts';
import { FileRepair } from './file-repair.tsx';
import type { FileView } from './file-view.ts';
import { number } from './format.ts';
import { Mark, type Tone } from './status.tsx';
import type { IconName } from './icons.tsx';
import { LayerUses } from './layer-uses.tsx';
import { UnitChoice } from './unit-choice.tsx';
import { useFileLinks } from './viewer/file-links.ts';
import { FileViewer } from './viewer/file-viewer.tsx';
import { lastOpened, openViewer, useOpenViewer } from './viewer/one-open.ts';
import type { Problem } from './viewer/places.ts';

const looks: Record<NonNullable<FileView['report']>['verdict'], [Tone, IconName, string]> = {
  fine: ['green', 'check', 'Ready to make'],
  warning: ['amber', 'warning', 'Look at this first'],
  needs_repair: ['amber', 'warning', 'Needs repair'],
  refused: ['red', 'cross', 'Can not be made as it is'],
};

export function FileMark({ file }: { file: FileView }) {
  if (file.report?.kind === 'attachment' && file.report.verdict !== 'refused')
    return (
      <Mark tone="neutral" icon="file">
        Kept with the request
      </Mark>
    );
  if (file.report) {
    const [tone, icon, label] = looks[file.report.verdict];
    return (
      <Mark tone={tone} icon={icon}>
        {label}
      </Mark>
    );
  }
  return (
    <Mark tone="neutral" icon="upload">
      Waiting for the upload
    </Mark>
  );
}

/**
 * What the check found (drawn anew only when that changes: a part in 3D takes long):
 * picture and measures, the part to turn when it is opened, then each problem in plain words.
 * @param open show the part at once
 * @param mayRescale the person may say in which unit the file is meant, and what is done with its layers
 * @param mayRepair the person may take the repaired copy, and nobody did yet
 */
export const FileReport = memo(function FileReport({
  jobId,
  file,
  open = false,
  mayRescale = false,
  mayRepair = false,
}: {
  jobId: string;
  file: FileView;
  open?: boolean;
  mayRescale?: boolean;
  mayRepair?: boolean;
}) {
  const { report, sha256 } = file;
  const key = useId();
  const opened = useOpenViewer();
  const [problem, setProblem] = useState<number>();
  const links = useFileLinks(jobId, file.id, file.hasPreview === true);
  const mayOpen = open && file.hasPreview === true;
  useEffect(() => {
    if (mayOpen) openViewer(key);
  }, [mayOpen, key]);
  useEffect(() => () => void (lastOpened() === key && openViewer(undefined)), [key]);
  if (!report) return null;
  const shown = opened === key;
  const choose = (next: number | undefined) => {
    if (next !== undefined && !shown) openViewer(key);
    setProblem(next);
  };
  return (
    <>
      <div className="file-report">
        {links.data?.thumbnail && !shown && (
          <button type="button" className="thumbnail" onClick={() => openViewer(key)}>
            <img src={links.data.thumbnail} alt="" width={96} height={96} />
            <span>View</span>
            <span className="sr-only"> {file.name}</span>
          </button>
        )}
        <Measures file={file} />
      </div>
      {shown && sha256 && report.kind !== 'attachment' && (
        <FileViewer
          file={{ name: file.name, sha256, report, previewScale: file.previewScale }}
          links={links.data}
          chosen={problem}
          onChoose={choose}
          onClose={() => openViewer(undefined)}
        />
      )}
      <ProblemList
        problems={report.problems}
        chosen={problem}
        onChoose={file.hasPreview ? choose : undefined}
      />
      {mayRepair && file.repair && <FileRepair jobId={jobId} file={file} repair={file.repair} />}
      {mayRescale && report.kind !== 'attachment' && (
        <UnitChoice jobId={jobId} fileId={file.id} report={report} />
      )}
      {mayRescale && report.kind === 'drawing' && report.verdict !== 'refused' && (
        <LayerUses jobId={jobId} fileId={file.id} report={report} />
      )}
    </>
  );
});

function Measures({ file }: { file: FileView }) {
  const { report } = file;
  return (
    <dl className="facts">
      {report?.kind === 'mesh' && report.triangles > 0 && (
        <>
          <Fact name="Size" value={`${sizeOf(report.boundingBoxMm.size)} mm`} />
          <Fact name="Volume" value={`${number(report.volumeMm3 / 1000, 2)} cm³`} />
          <Fact name="Triangles" value={formatCount(report.triangles)} />
        </>
      )}
      {report?.kind === 'drawing' && (
        <>
          <Fact name="Size" value={`${sizeOf(report.boundingBoxMm.size.slice(0, 2))} mm`} />
          <Fact name="Cut length" value={`${number(report.cutLengthMm / 1000, 2)} m`} />
          <Fact name="Pierces" value={formatCount(report.pierces)} />
          {report.engravedLengthMm > 0 && (
            <Fact
              name="Engraved"
              value={`${number(report.engravedLengthMm / 1000, 2)} m, ${number(report.engravedAreaMm2 / 100, 1)} cm²`}
            />
          )}
        </>
      )}
      <Fact name="File" value={formatBytes(file.bytes)} />
    </dl>
  );
}

/** Problems with a place can be pointed at. */
function ProblemList({
  problems,
  chosen,
  onChoose,
}: {
  problems: readonly Problem[];
  chosen: number | undefined;
  onChoose: ((problem: number | undefined) => void) | undefined;
}) {
  if (problems.length === 0) return null;
  return (
    <ul className="problems">
      {problems.map((problem, at) => (
        <li key={problem.code} className={chosen === at ? `chosen ${problem.severity}` : problem.severity}>
          <Text size="sm">{problem.message}</Text>
          {onChoose && (problem.places?.length ?? 0) > 0 && (
            <Button
              size="compact-xs"
              variant={chosen === at ? 'filled' : 'default'}
              aria-pressed={chosen === at}
              onClick={() => onChoose(chosen === at ? undefined : at)}
            >
              Show where
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

const sizeOf = (lengths: readonly number[]) => lengths.map((length) => number(length)).join(' × ');

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
