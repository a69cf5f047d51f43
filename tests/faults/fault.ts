/** One rule of the domain, swapped for a wrong one. */
export interface Fault {
  /** Of rows whose rule it is. */
  group: string;
  /** What is wrong then. */
  breaks: string;
  file: string;
  /** An expression of that file, once in it and inside a function, and what takes its place. */
  rule: string;
  wrong: string;
  /** A row whose test must fail then. */
  row: string;
}

/** Which fault is planted at this moment, if any; read by the transformed sources. */
export const planted: { fault?: string } = {};
(globalThis as { kerfPlanted?: typeof planted }).kerfPlanted = planted;

export const nameOf = ({ group, breaks }: Fault): string => `${group}: ${breaks}`;
