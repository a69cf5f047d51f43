import { ackMessage, topics, type AgentAddress } from '#contract/mqtt.ts';
import { jsonOf } from './json.ts';
import type { Spool } from './spool.ts';
import type { Uplink } from './uplink.ts';

const againMilliseconds = 4000;

/** Sends facts strictly in order: the next one only after the cloud has stored the one before. */
export interface FactSender {
  /** There is something to send, or a connection to send it over. */
  look(): void;
  onAck(payload: string): void;
  stop(): void;
}

export function factSender(
  spool: Spool,
  identity: AgentAddress,
  uplink: () => Uplink,
  log: (line: string) => void,
): FactSender {
  let again: NodeJS.Timeout | undefined;
  let sentSeq = 0;
  let stopped = false;

  const send = () => {
    clearTimeout(again);
    const message = stopped ? undefined : spool.next();
    if (!message || !uplink().isConnected()) {
      sentSeq = 0;
      return;
    }
    sentSeq = message.seq;
    // Neither a lost message nor a lost acknowledgment says so: it is sent again until acknowledged.
    uplink()
      .publish(topics.ingest('fact', identity), message)
      .catch(() => undefined);
    again = setTimeout(send, againMilliseconds);
  };

  return {
    look() {
      if (spool.next()?.seq !== sentSeq) send();
    },
    onAck(payload) {
      const ack = ackMessage.safeParse(jsonOf(payload));
      if (!ack.success) return log('An acknowledgment that is not of the contract was ignored.');
      spool.acknowledge(ack.data.seq);
      if (spool.next()?.seq !== sentSeq) send();
    },
    stop() {
      stopped = true;
      clearTimeout(again);
    },
  };
}
