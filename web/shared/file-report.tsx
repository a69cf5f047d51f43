import { Text } from '@mantine/core';
import type { JobView } from '#contract/views/job.ts';
import { formatBytes, formatCount } from '#domain/geometry/words.ts';
import { number } from './format.ts';
import { Mark, type Tone } from './status.tsx';
import type { IconName } from './icons.tsx';

export type FileView = JobView['files'][number];

const looks: Record<NonNullable<FileView['report']>['verdict'], [Tone, IconName, string]> = {
  fine: ['green', 'check', 'Ready to make'],
  warning: ['amber', 'warning', 'Look at this first'],
  needs_repair: ['amber', 'warning', 'Needs repair'],
  refused: ['red', 'cross', 'Can not be made as it is'],
};

export function FileMark({ file }: { file: FileView }) {
  if (file.report) {
    const [tone, icon, label] = looks[file.report.verdict];
    return (
      <Mark tone={tone} icon={icon}>
        {label}
      </Mark>
    );
  }
  return file.state === 'checking' ? (
    <Mark tone="blue" icon="search">
      Being checked
    </Mark>
  ) : (
    <Mark tone="neutral" icon="upload">
      Waiting for the upload
    </Mark>
  );
}

/** What the check found: measures first, then each problem in plain words. */
export function FileReport({ file }: { file: FileView }) {
  const { report } = file;
  if (!report) return null;
  return (
    <>
      <dl className="facts">
        {report.kind === 'mesh' && report.triangles > 0 && (
          <>
            <Fact name="Size" value={`${sizeOf(report.boundingBoxMm.size)} mm`} />
            <Fact name="Volume" value={`${number(report.volumeMm3 / 1000, 2)} cm³`} />
            <Fact name="Triangles" value={formatCount(report.triangles)} />
          </>
        )}
        {report.kind === 'drawing' && (
          <>
            <Fact name="Size" value={`${sizeOf(report.boundingBoxMm.size.slice(0, 2))} mm`} />
            <Fact name="Cut length" value={`${number(report.cutLengthMm / 1000, 2)} m`} />
            <Fact name="Pierces" value={formatCount(report.pierces)} />
          </>
        )}
        <Fact name="File" value={formatBytes(file.bytes)} />
      </dl>
      {report.problems.map((problem) => (
        <Text key={problem.code} size="sm" mt={6}>
          {problem.message}
        </Text>
      ))}
    </>
  );
}

const sizeOf = (lengths: readonly number[]) => lengths.map((length) => number(length)).join(' × ');

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
