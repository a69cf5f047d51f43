import { Text } from '@mantine/core';
import { useVisit } from '../visit.ts';

/** Nobody is let in any more. */
export function ClosedShop() {
  const { shop } = useVisit();
  return (
    <section className="card">
      <h1>{shop.name} is closed</h1>
      <Text>It takes no new requests. Links in its mails open your orders for a while yet.</Text>
    </section>
  );
}
