import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { endVisit } from '#contract/routes/console.ts';
import { client } from '../shared/api.ts';
import { Clock } from '../shared/time.tsx';
import { operatorSession } from './session.ts';
import { leaveVisit, type Visit } from './visit.ts';

/** Says on every page of a visit that it is one, and ends it. */
export function VisitBar({ visit }: { visit: Visit }) {
  const queries = useQueryClient();
  const leave = () => {
    const { shopId, visitId } = visit;
    // The visit ends by itself if this does not reach the server.
    void client(operatorSession)(endVisit, { params: { shopId, visitId } }).catch(() => undefined);
    leaveVisit();
    queries.clear();
    location.assign(`/console/shops/${shopId}`);
  };
  return (
    <div role="status" className="visit-bar tone-amber">
      <span>
        You visit <b>{visit.shopName}</b> as Kerf support until <Clock at={visit.expiresAt} />. The shop reads
        what you change.
      </span>
      <Button size="compact-sm" variant="default" onClick={leave}>
        End the visit
      </Button>
    </div>
  );
}
