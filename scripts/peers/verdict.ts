/** What a look at the running system showed. */
export interface Verdict {
  what: string;
  /** `unproven`: the emulator does otherwise than AWS, or no walk comes by, so the run says nothing about it. */
  result: 'holds' | 'broken' | 'unproven';
  /** What was seen, when it does not hold. */
  seen?: string;
}

export const verdict = (what: string, holds: boolean, seen: string): Verdict =>
  holds ? { what, result: 'holds' } : { what, result: 'broken', seen };
