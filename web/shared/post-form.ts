/** Sends a file by a presigned form: its fields first, the file last. */
export async function postForm(
  { url, fields }: { url: string; fields: Record<string, string> },
  file: File,
): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', file);
  const { ok, status } = await fetch(url, { method: 'POST', body: form });
  if (!ok) throw new Error(`The store answered ${status}`);
}
