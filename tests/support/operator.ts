import { randomUUID } from 'node:crypto';
import type { Call } from '#contract/client.ts';
import { operatorGroup } from '#contract/operator.ts';
import type { RunningCloud } from '#local/cloud.ts';
import { callerOf, type Instance } from '../../scripts/walk/instance.ts';
import { signInPerson, signUpPerson } from '../../scripts/walk/people.ts';

/** Somebody who runs Kerf. */
export interface Operator {
  token: string;
  call: Call;
}

/** A person signs up like anybody, an administrator puts them into the group, and their next sign-in says so. */
export async function hireOperator(
  cloud: RunningCloud,
  instance: Instance,
  name = 'Olga Operator',
): Promise<Operator> {
  const email = `operator-${randomUUID()}@kerf.example`;
  await signUpPerson(instance, email, name);
  cloud.addToGroup(email, operatorGroup);
  const token = await signInPerson(instance, email);
  return { token, call: callerOf(instance, { kind: 'staff', token }) };
}
