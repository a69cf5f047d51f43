import { useSyncExternalStore } from 'react';
import type { Call } from '#contract/client.ts';
import { createFile } from '#contract/routes/jobs.ts';
import { ApiProblem, newKey } from './api.ts';

/** A file on its way from this page to the store. */
export interface Upload {
  /** Names the intention, so that a second try does not announce a second file. */
  key: string;
  jobId: string;
  file: File;
  /** 0..1 */
  progress: number;
  state: 'sending' | 'sent' | 'failed';
  fileId?: string;
  problem?: string;
}

let uploads: readonly Upload[] = [];
const listeners = new Set<() => void>();
function put(next: readonly Upload[]): void {
  uploads = next;
  for (const listener of listeners) listener();
}
const change = (key: string, patch: Partial<Upload>) =>
  put(uploads.map((each) => (each.key === key ? { ...each, ...patch } : each)));

export const useUploads = (): readonly Upload[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => uploads,
  );

/** Sends files of a draft; they go on while the person looks around the portal. */
export function startUploads(call: Call, jobId: string, files: Iterable<File>, onSent: () => void): void {
  for (const file of files) {
    const upload: Upload = { key: newKey(), jobId, file, progress: 0, state: 'sending' };
    put([...uploads, upload]);
    void send(call, upload, onSent);
  }
}

export function retryUpload(call: Call, upload: Upload, onSent: () => void): void {
  const { problem: _, ...rest } = upload;
  const again: Upload = { ...rest, progress: 0, state: 'sending' };
  put(uploads.map((each) => (each.key === upload.key ? again : each)));
  void send(call, again, onSent);
}

export const dropUpload = (key: string): void => put(uploads.filter((each) => each.key !== key));

async function send(call: Call, { key, jobId, file }: Upload, onSent: () => void): Promise<void> {
  try {
    const announced = await call(createFile, {
      params: { jobId },
      body: { name: file.name.slice(0, 200).toWellFormed(), bytes: file.size },
      idempotencyKey: key,
    });
    change(key, { fileId: announced.file.id });
    await post(announced.upload, file, (progress) => change(key, { progress }));
    change(key, { state: 'sent', progress: 1 });
    onSent();
  } catch (error) {
    change(key, {
      state: 'failed',
      problem: error instanceof ApiProblem ? error.message : 'The upload broke off.',
    });
  }
}

/** The presigned form: its fields first, the file last. `fetch` reports no progress of a request, so the older interface. */
function post(
  { url, fields }: { url: string; fields: Record<string, string> },
  file: File,
  onProgress: (share: number) => void,
): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () =>
      request.status < 300 ? resolve() : reject(new Error(`The store answered ${request.status}`));
    request.onerror = () => reject(new Error('The store did not answer'));
    request.send(form);
  });
}
