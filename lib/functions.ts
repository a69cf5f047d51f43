import type { Construct } from 'constructs';
import { functions, type FunctionSpec } from '#contract/functions.ts';
import { ServiceFunction } from './constructs/service-function.ts';
import type { Installation } from './installation.ts';

export type Home = 'files' | 'workflow' | 'farm' | 'api';

/** The stack a function stands in: API functions in `api`, others by the folder of their code. */
export function homeOf(spec: FunctionSpec): Home {
  if (spec.trigger.kind === 'api' || spec.trigger.kind === 'http-authorizer') return 'api';
  if (spec.entry.startsWith('lambdas/files/')) return 'files';
  if (spec.entry.startsWith('lambdas/farm/')) return 'farm';
  return 'workflow';
}

export const functionsFor = (scope: Construct, home: Home, installation: Installation): ServiceFunction[] =>
  functions
    .filter((spec) => homeOf(spec) === home)
    .map((spec) => new ServiceFunction(scope, spec, installation));
