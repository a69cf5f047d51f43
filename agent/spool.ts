import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { factMessage, type FactMessage } from '#contract/mqtt.ts';
import type { RunFact } from '#domain/run/run.ts';
import { readJson, syncFolder, writeWhole } from './disk.ts';

const ackedFile = z.object({ seq: z.int().min(0) });
/** Told facts that are remembered, so that a printer's history is not told twice. More than all printers of one agent remember. */
const remembered = 20_000;

/** Facts on disk, numbered from 1 without gaps. What `tell` returned from survives kill -9. */
export interface Spool {
  /** Keeps a fact unless this run's fact of this kind was told before; says whether it is new. */
  tell(fact: RunFact): boolean;
  /** The oldest fact that the cloud has not stored yet. */
  next(): FactMessage | undefined;
  /** The cloud has stored everything up to and including `seq`. */
  acknowledge(seq: number): void;
  close(): void;
}

const keyOf = ({ runId, kind }: RunFact) => `${runId} ${kind}`;

export function openSpool(dir: string): Spool {
  const path = join(dir, 'facts.jsonl');
  const ackedPath = join(dir, 'acked.json');
  mkdirSync(dir, { recursive: true });
  const lines = wholeLines(path);
  const acked = () => readJson(ackedPath, ackedFile)?.seq ?? 0;
  let ackedSeq = acked();
  const kept = lines.length > 2 * remembered ? withoutOld(path, lines, ackedSeq) : lines;
  const told = new Set(kept.map(({ fact }) => keyOf(fact)));
  let waiting = kept.filter(({ seq }) => seq > ackedSeq);
  let lastSeq = Math.max(ackedSeq, kept.at(-1)?.seq ?? 0);
  const file = openSync(path, 'a');
  syncFolder(dirname(path));

  return {
    tell(fact) {
      if (told.has(keyOf(fact))) return false;
      const message = { seq: lastSeq + 1, fact };
      writeSync(file, `${JSON.stringify(message)}\n`);
      fsyncSync(file);
      lastSeq = message.seq;
      told.add(keyOf(fact));
      waiting.push(message);
      return true;
    },
    next: () => waiting[0],
    acknowledge(seq) {
      // A number that was never given out acknowledges nothing beyond what there is.
      const upTo = Math.min(seq, lastSeq);
      if (upTo <= ackedSeq) return;
      ackedSeq = upTo;
      waiting = waiting.filter((message) => message.seq > ackedSeq);
      writeWhole(ackedPath, JSON.stringify({ seq: ackedSeq }));
    },
    close: () => closeSync(file),
  };
}

/** The file's facts. A last line without its end was cut off by a crash before anybody relied on it, and goes. */
function wholeLines(path: string): FactMessage[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) writeWhole(path, whole);
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      try {
        return factMessage.parse(JSON.parse(line));
      } catch (error) {
        throw new Error(`${path} is damaged in line ${index + 1}. Restore the file.`, { cause: error });
      }
    });
}

function withoutOld(path: string, lines: FactMessage[], ackedSeq: number): FactMessage[] {
  const kept = lines.filter(({ seq }, index) => seq > ackedSeq || index >= lines.length - remembered);
  writeWhole(path, kept.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return kept;
}
