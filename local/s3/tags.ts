/** Tags of objects, as far as uploads carry them. */
import { S3Error } from './error.ts';

const malformed = () =>
  new S3Error(400, 'MalformedXML', 'The XML you provided was not well-formed or did not validate.');

/** Reads the `tagging` field of a posted form; the header `x-amz-tagging-count` tells readers how many there are. */
export function tagsOf(xml: string | undefined): Record<string, string> {
  if (xml === undefined) return {};
  const set = /^\s*<Tagging(?:\s[^>]*)?>\s*<TagSet>(.*)<\/TagSet>\s*<\/Tagging>\s*$/s.exec(xml)?.[1];
  if (set === undefined) throw malformed();
  const tags: Record<string, string> = {};
  const rest = set.replaceAll(
    /\s*<Tag>\s*<Key>([\w .:/=+@-]{1,128})<\/Key>\s*<Value>([\w .:/=+@-]{0,256})<\/Value>\s*<\/Tag>\s*/g,
    (_, key: string, value: string) => {
      tags[key] = value;
      return '';
    },
  );
  if (rest !== '') throw malformed();
  return tags;
}
