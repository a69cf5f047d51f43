import { functions, type FunctionSpec, type Trigger } from '#contract/functions.ts';

type Of<K extends Trigger['kind']> = Extract<Trigger, { kind: K }>;

/** The functions of one kind of trigger. */
export function triggered<K extends Trigger['kind']>(kind: K): { spec: FunctionSpec; trigger: Of<K> }[] {
  return functions
    .filter((spec) => spec.trigger.kind === kind)
    .map((spec) => ({ spec, trigger: spec.trigger as Of<K> }));
}

/** The one function of a kind that has just one. */
export function only(kind: Trigger['kind']): FunctionSpec {
  const [found] = triggered(kind);
  if (!found) throw new Error(`No function has the trigger ${kind}`);
  return found.spec;
}
