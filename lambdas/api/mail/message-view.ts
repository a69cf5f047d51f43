import type { MessageView } from '#contract/views/mail.ts';
import type { JobFile } from '#domain/file/file.ts';
import type { Message } from '#domain/message/message.ts';

/** A message as the caller may see it: to customers, whoever of the shop wrote, it was the shop. */
export function messageView(message: Message, files: readonly JobFile[], shopName?: string): MessageView {
  const { id, from, authorName, internal, text, fileIds, quoteVersion, at } = message;
  return {
    id,
    from,
    author: from === 'shop' && shopName !== undefined ? shopName : authorName,
    internal,
    text,
    files: files
      .filter((file) => fileIds.includes(file.id))
      .map((file) => ({ id: file.id, name: file.name })),
    quoteVersion,
    at,
  };
}
