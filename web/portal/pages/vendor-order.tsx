import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getVendorOrder } from '#contract/routes/documents.ts';
import { useCall } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Waiting } from '../../shared/waiting.tsx';

/** A purchase order, for the vendor who got it by mail. */
export function VendorOrder({ orderId }: { orderId: string }) {
  const call = useCall();
  const order = useQuery({
    queryKey: keys.vendorRequest(orderId),
    queryFn: () => call(getVendorOrder, { params: { purchaseOrderId: orderId } }),
  });
  return (
    <>
      <h1>Purchase order {order.data?.number}</h1>
      <ProblemBox error={order.error} onRetry={() => void order.refetch()} />
      {order.isPending && <Waiting heights={[120]} />}
      {order.data && (
        <section className="card">
          <Text mb="sm">{order.data.shop.name} orders from you.</Text>
          <Button component="a" href={order.data.url} target="_blank" rel="noreferrer">
            Open the PDF
          </Button>
        </section>
      )}
    </>
  );
}
