import { useQuery } from '@tanstack/react-query';
import { listPhotos } from '#contract/routes/quality.ts';
import { useCall } from '../../shared/calls.tsx';
import { Photos } from '../../shared/photos.tsx';
import { keys } from '../../shared/queries.ts';

/** Photos of the finished work that the shop shares; nothing while there are none. */
export function OrderPhotos({ jobId }: { jobId: string }) {
  const call = useCall();
  const { data } = useQuery({
    queryKey: keys.photos(jobId),
    queryFn: () => call(listPhotos, { params: { jobId } }),
  });
  if (!data || data.photos.length === 0) return null;
  return (
    <section className="card">
      <h2>Photos</h2>
      <Photos photos={data.photos} />
    </section>
  );
}
