import type { Status } from '#domain/job/job.ts';
import type { Photo } from '#domain/photo/photo.ts';
import type { JobFile } from '#domain/file/file.ts';
import type { VendorRequestView } from '#contract/routes/vendors.ts';
import { photosOfJob } from '../../adapters/dynamo/repositories/quality.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import type { LoadedJob } from '../../adapters/dynamo/repositories/jobs.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { downloadUrl, keys } from '../../adapters/s3/files.ts';

/**
 * What a vendor sees of a job. Every field is named here: the customer, what they pay and whatever is added to a job elsewhere stay
 * inside the shop.
 */
export async function vendorRequestView(t: Tenant, loaded: LoadedJob): Promise<VendorRequestView> {
  const { job, template, files } = loaded;
  const { vendor, vendorPrice } = job;
  const [shop, photos] = await Promise.all([loadShop(t), photosOfJob(t, job.id)]);
  const shown = new Set(vendor?.shows);
  return {
    shop: { name: shop.name },
    number: job.number.replace(/^\D+/, ''),
    kind: template.title,
    title: job.title,
    spec: job.spec,
    message: vendor?.message,
    vendor: { name: vendor?.name ?? '' },
    currency: shop.currency,
    stage: stageOf(job.status),
    price: vendorPrice && {
      costMinor: vendorPrice.costMinor,
      currency: vendorPrice.currency,
      readyBy: vendorPrice.readyBy,
    },
    files: [
      ...(await shownPhotos(
        t,
        photos.filter(({ id, byVendor }) => shown.has(id) && !byVendor),
      )),
      ...(await shownFiles(
        t,
        files.filter(({ id }) => shown.has(id)),
      )),
    ],
    drawings: photos
      .filter(({ byVendor, by }) => byVendor && by === vendor?.name)
      .map(({ name, state }) => ({ name, state })),
  };
}

function stageOf(status: Status): VendorRequestView['stage'] {
  switch (status) {
    case 'vendor_quote':
      return 'asked';
    case 'in_production':
      return 'going_ahead';
    case 'on_hold':
      return 'on_hold';
    case 'ready_for_pickup':
    case 'completed':
      return 'done';
    default:
      return 'waiting';
  }
}

type Shown = VendorRequestView['files'];

/** Numbered instead of named: people name files after their customers. */
const shownPhotos = ({ shopId }: Tenant, photos: readonly Photo[]): Promise<Shown> =>
  Promise.all(
    photos
      .filter(({ state }) => state === 'stored')
      .map(async ({ id, jobId, type }, index) => ({
        name: `${type === 'application/pdf' ? 'Document' : 'Picture'} ${index + 1}`,
        picture: type !== 'application/pdf',
        url: await downloadUrl(shopId, keys.photo(shopId, jobId, id)),
      })),
  );

const shownFiles = ({ shopId }: Tenant, files: readonly JobFile[]): Promise<Shown> =>
  Promise.all(
    files.flatMap(({ sha256, name, state }, index) => {
      if (state !== 'checked' || sha256 === undefined) return [];
      const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0].toLowerCase() ?? '';
      const shownName = `File ${index + 1}${ending}`;
      return downloadUrl(shopId, keys.checked(shopId, sha256), shownName).then((url) => ({
        name: shownName,
        picture: false,
        url,
      }));
    }),
  );
