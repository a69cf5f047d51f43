import type { Call } from '#contract/client.ts';
import { addPart, createFile, createJob, getJob } from '#contract/routes/jobs.ts';
import type { TemplateName } from '#domain/job/job.ts';
import type { JobView } from '#contract/views/job.ts';
import { until } from './instance.ts';

export interface ModelFile {
  name: string;
  content: Uint8Array<ArrayBuffer>;
}

/** Uploads by the presigned form, as a browser does; answers with the status of the store. */
export async function postForm(
  upload: { url: string; fields: Record<string, string> },
  content: Uint8Array<ArrayBuffer>,
): Promise<number> {
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) form.set(name, value);
  form.set('file', new Blob([content]));
  return (await fetch(upload.url, { method: 'POST', body: form })).status;
}

/** Opens a request, uploads a model and waits for the check's word. */
export async function requestWithFile(
  customer: Call,
  title: string,
  model: ModelFile,
  template: TemplateName = 'fabrication',
): Promise<{ job: JobView; file: JobView['files'][number] }> {
  const { id: jobId } = await customer(createJob, { body: { title, template, delivery: 'pickup' } });
  const { file, upload } = await customer(createFile, {
    params: { jobId },
    body: { name: model.name, bytes: model.content.length },
  });
  const status = await postForm(upload, model.content);
  if (status !== 204) throw new Error(`The store answered ${status} to the upload`);
  return until(`the check of ${model.name}`, async () => {
    const job = await customer(getJob, { params: { jobId } });
    const checked = job.files.find(
      (each) => each.id === file.id && (each.state === 'checked' || each.state === 'refused'),
    );
    return checked && { job, file: checked };
  });
}

/** The same with one part ordered. */
export async function draftWithPart(
  customer: Call,
  title: string,
  model: ModelFile,
  quantity = 1,
): Promise<JobView> {
  const { job, file } = await requestWithFile(customer, title, model);
  await customer(addPart, {
    params: { jobId: job.id },
    body: { fileId: file.id, materialId: 'pla', finishId: 'as-printed', quantity },
  });
  return customer(getJob, { params: { jobId: job.id } });
}
