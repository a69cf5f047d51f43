/** What AWS IoT Core's broker takes, in its own units. */
export const MAX_PAYLOAD_BYTES = 128 * 1024;
const MAX_TOPIC_BYTES = 256;
const MAX_TOPIC_SLASHES = 7;
const BASIC_INGEST = /^\$aws\/rules\/([^/]+)\/?(.*)$/s;

/** The rule a Basic Ingest topic names and the topic the rule sees; undefined for an ordinary topic. */
export function basicIngest(topic: string): { rule: string; topic: string } | undefined {
  const match = BASIC_INGEST.exec(topic);
  return match?.[1] === undefined ? undefined : { rule: match[1], topic: match[2] ?? '' };
}

/** What is wrong with a topic that is published to (or a filter subscribed to), or undefined. The Basic Ingest prefix does not count. */
export function topicFault(topic: string): string | undefined {
  const counted = basicIngest(topic)?.topic ?? topic;
  if (topic === '') return 'The topic is empty.';
  if (Buffer.byteLength(counted) > MAX_TOPIC_BYTES)
    return `The topic is longer than ${MAX_TOPIC_BYTES} bytes.`;
  if (counted.split('/').length - 1 > MAX_TOPIC_SLASHES)
    return `The topic has more than ${MAX_TOPIC_SLASHES} slashes.`;
  if (topic.startsWith('$') && !basicIngest(topic)) return 'Topics that begin with $ are reserved.';
  return undefined;
}
