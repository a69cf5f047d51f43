import type { GeometryProblem, ProblemCode } from './report.ts';

/** Thrown by a reader that can not go on: the check ends with this refusal. */
export class UnreadableFile extends Error {
  readonly problem: GeometryProblem;

  constructor(code: ProblemCode, message: string) {
    super(message);
    this.name = 'UnreadableFile';
    this.problem = refusal(code, message);
  }
}

/** @param message what is wrong and what to do, in plain words */
export function refusal(code: ProblemCode, message: string): GeometryProblem {
  return { code, severity: 'refusal', message };
}
