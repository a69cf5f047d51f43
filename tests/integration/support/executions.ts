import { ListExecutionsCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';

const client = () => new SFNClient({});
const stateMachineArn = () => process.env['STATE_MACHINE_ARN'] ?? '';

/** Names of the running executions of a job, or of all jobs. */
export async function runningExecutions(jobId = ''): Promise<string[]> {
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client().send(
      new ListExecutionsCommand({
        stateMachineArn: stateMachineArn(),
        statusFilter: 'RUNNING',
        maxResults: 1000,
        ...(nextToken ? { nextToken } : {}),
      }),
    );
    names.push(...(page.executions ?? []).map(({ name }) => name ?? ''));
    nextToken = page.nextToken;
  } while (nextToken);
  return names.filter((name) => name.startsWith(jobId));
}

/** Kills an execution from outside, as an operator's slip would. */
export async function killExecution(name: string): Promise<void> {
  const executionArn = `${stateMachineArn().replace(':stateMachine:', ':execution:')}:${name}`;
  await client().send(new StopExecutionCommand({ executionArn }));
}
