import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../steps.ts';

/** What `cdk` is called with beside its command. */
export interface CdkTarget {
  /** Context of lib/settings.ts. */
  settings: Record<string, string>;
  /** Variables beside the process's own: where AWS is, and as whom. */
  environment?: Record<string, string>;
  /** Gets each line cdk prints. */
  onLine?: (line: string) => void;
}

export type Outputs = Record<string, Record<string, string>>;

/** A deploy that AWS refused: each resource that failed, and AWS's words about it. */
export class DeployFailed extends Error {
  readonly failures: readonly string[];

  constructor(failures: readonly string[], lastLines: readonly string[]) {
    super(
      failures.length > 0
        ? `The deploy failed:\n${failures.map((each) => `  - ${each}`).join('\n')}`
        : `The deploy failed. Its last words:\n${lastLines.join('\n')}`,
    );
    this.failures = failures;
  }
}

/** Prepares the account and region for CDK; changes nothing where that was done. */
export const bootstrap = (target: CdkTarget): Promise<void> =>
  // A folder of its own, because what synthesis makes for a bootstrap is not bundled and must not be taken for a deploy's.
  inFolder((output) => cdk(['bootstrap', '--output', output], target));

/** Deploys all stacks; answers with their outputs, by stack. @throws DeployFailed */
export const deployStacks = (target: CdkTarget): Promise<Outputs> =>
  inFolder(async (folder) => {
    const outputs = join(folder, 'outputs.json');
    const always = ['--require-approval', 'never', '--progress', 'events', '--outputs-file', outputs];
    await cdk(['deploy', '--all', '--output', join(folder, 'out'), ...always], target);
    return JSON.parse(readFileSync(outputs, 'utf8')) as Outputs;
  });

/** Removes all stacks; what is meant to outlive them stays. */
export const destroyStacks = (target: CdkTarget): Promise<void> =>
  inFolder((output) => cdk(['destroy', '--all', '--force', '--output', output], target));

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'kerf-cdk-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lines like `stack | 5/12 | 9:45:48 AM | CREATE_FAILED | AWS::S3::Bucket | Files (Files8E69) reason`. */
const failedEvent = /\|\s*\w+_FAILED\s*\|\s*(\S+)\s*\|\s*(.*)$/;

/** What failed, read from the events cdk prints; what was only cancelled because of it is left out. */
export function failuresIn(lines: readonly string[]): string[] {
  const found = lines.flatMap((line) => {
    const [, type, what] = failedEvent.exec(line) ?? [];
    return type === undefined || type === 'AWS::CloudFormation::Stack' || /cancelled/i.test(what ?? '')
      ? []
      : [`${type} ${what ?? ''}`.trim()];
  });
  return [...new Set(found)];
}

async function cdk(command: string[], target: CdkTarget): Promise<void> {
  const context = Object.entries(target.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk'),
      ...command,
      ...context,
      '--no-notices',
      '--no-color',
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true', ...target.environment },
    },
  );
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.on('data', (chunk: Buffer) => {
      const parts = (rest + chunk.toString('utf8')).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) {
        lines.push(line);
        target.onLine?.(line);
      }
    });
  }
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 1));
  });
  if (code !== 0) throw new DeployFailed(failuresIn(lines), lines.slice(-15));
}
