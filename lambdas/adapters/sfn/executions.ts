import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { environment } from '../../env.ts';

const { STATE_MACHINE_ARN: stateMachineArn } = environment('STATE_MACHINE_ARN');
const client = new SFNClient({});

const arnOf = (name: string): string => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

/** Starts the execution; one of that name counts as started. */
export async function startExecution(
  name: string,
  input: { shopId: string; jobId: string; generation: number },
): Promise<void> {
  try {
    await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
}

export async function isRunning(name: string): Promise<boolean> {
  try {
    const { status } = await client.send(new DescribeExecutionCommand({ executionArn: arnOf(name) }));
    return status === 'RUNNING';
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return false;
    throw error;
  }
}

/** Stops an execution if it is there. */
export async function stopExecution(name: string): Promise<void> {
  try {
    await client.send(new StopExecutionCommand({ executionArn: arnOf(name), error: 'StaleGeneration' }));
  } catch (error) {
    if (!(error instanceof ExecutionDoesNotExist)) throw error;
  }
}

/** Wakes a waiting task; false when its token is stale. */
export const resumeTask = (taskToken: string, output: { status: string }): Promise<boolean> =>
  unlessStale(client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) })));

/** Ends a waiting task with an error the state machine catches; false when its token is stale. */
export const failTask = (taskToken: string, error: 'StaleGeneration'): Promise<boolean> =>
  unlessStale(client.send(new SendTaskFailureCommand({ taskToken, error })));

async function unlessStale(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken)
      return false;
    throw error;
  }
}
