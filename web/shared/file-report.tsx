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
  return (
    <Mark tone="neutral" icon="upload">
      Waiting for the upload
    </Mark>
  );
}

/** What the check found: measures first, then each problem in plain words. */
export function FileReport({ file }: { file: FileView }) {
  const { report } = file;
  if (!report) return null;
  const measured = report.triangles > 0;
  return (
    <>
      <dl className="facts">
        {measured && (
          <>
            <Fact
              name="Size"
              value={`${report.boundingBoxMm.size.map((length) => number(length)).join(' × ')} mm`}
            />
            <Fact name="Volume" value={`${number(report.volumeMm3 / 1000, 2)} cm³`} />
            <Fact name="Triangles" value={formatCount(report.triangles)} />
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

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
