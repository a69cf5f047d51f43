const KEPT = new Set([
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
  'x-amz-server-side-encryption',
]);

/** The headers or form fields S3 keeps with an object and answers with it. */
export function keptHeaders(given: ReadonlyMap<string, string>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of given) {
    if (!KEPT.has(name) && !name.startsWith('x-amz-meta-')) continue;
    // The framing was taken off; only encodings of the content itself stay.
    const text =
      name === 'content-encoding'
        ? value
            .split(',')
            .map((encoding) => encoding.trim())
            .filter((encoding) => encoding !== 'aws-chunked' && encoding !== '')
            .join(',')
        : value;
    if (text !== '') kept[name] = text;
  }
  return { 'content-type': 'binary/octet-stream', ...kept };
}
