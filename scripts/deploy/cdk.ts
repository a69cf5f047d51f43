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
export async function bootstrap(account: string, region: string, target: CdkTarget): Promise<void> {
  // Outside of the repository, because synthesis for a bootstrap leaves assets behind that are not bundled.
  const elsewhere = mkdtempSync(join(tmpdir(), 'kerf-bootstrap-'));
  try {
    await cdk(['bootstrap', `aws://${account}/${region}`], { ...target, settings: {} }, elsewhere);
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
}

/** Deploys all stacks; answers with their outputs, by stack. @throws DeployFailed */
export async function deployStacks(target: CdkTarget): Promise<Outputs> {
  const folder = mkdtempSync(join(tmpdir(), 'kerf-deploy-'));
  const outputs = join(folder, 'outputs.json');
  try {
    await cdk(
      ['deploy', '--all', '--require-approval', 'never', '--progress', 'events', '--outputs-file', outputs],
      target,
    );
    return JSON.parse(readFileSync(outputs, 'utf8')) as Outputs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Removes all stacks; what is meant to outlive them stays. */
export const destroyStacks = (target: CdkTarget): Promise<void> =>
  cdk(['destroy', '--all', '--force'], target);

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

async function cdk(command: string[], target: CdkTarget, cwd = root): Promise<void> {
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
      cwd,
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
