import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import {
  changePlan,
  getShopSummary,
  liftSuspension,
  suspendShop,
  visitShop,
  type ShopSummary,
} from '#contract/routes/console.ts';
import { planNames, plans, type PlanName } from '#domain/platform/plan.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { number } from '../../shared/format.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Mark } from '../../shared/status.tsx';
import { Ago, Day, Moment } from '../../shared/time.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { SupportList } from '../account/support-list.tsx';
import { UsageCard } from '../account/usage-card.tsx';
import { beginVisit } from '../visit.ts';
import { ReasonForm } from './reason-form.tsx';

const here = getRouteApi('/console/shops/$shopId');

export function ConsoleShopPage() {
  const { shopId } = here.useParams();
  const call = useCall();
  const summary = useQuery({
    queryKey: keys.shopSummary(shopId),
    queryFn: () => call(getShopSummary, { params: { shopId } }),
  });
  if (!summary.data)
    return summary.error ? (
      <ProblemBox error={summary.error} onRetry={() => void summary.refetch()} />
    ) : (
      <Waiting heights={[40, 200, 240]} />
    );
  return <Shop summary={summary.data} />;
}

function Shop({ summary }: { summary: ShopSummary }) {
  const { shop, standing, closing, usage, dollars, support, members } = summary;
  return (
    <>
      <title>{`${shop.name} · Kerf console`}</title>
      <div className="page-head">
        <div>
          <Text size="sm">
            <Link to="/console" className="plain-link">
              Shops
            </Link>{' '}
            /
          </Text>
          <h1>{shop.name}</h1>
        </div>
        <Actions summary={summary} />
      </div>
      <Stack>
        {standing.suspension && (
          <div className="problem tone-red">
            <p>
              <b>Suspended</b> since <Moment at={standing.suspension.since} />: {standing.suspension.reason}
            </p>
          </div>
        )}
        {closing && (
          <div className="problem tone-red">
            <p>
              {closing.isBeingDeleted ? (
                <>
                  <b>Is being deleted</b> since <Moment at={closing.deleteAt} />. {closing.askedBy} closed it.
                </>
              ) : (
                <>
                  <b>Closed</b> by {closing.askedBy}. It is deleted on <Day at={closing.deleteAt} />.
                </>
              )}
            </p>
          </div>
        )}
        <section className="card">
          <h2>Shop</h2>
          <dl className="facts">
            <Fact name="Standing">
              <Mark
                tone={standing.suspension ? 'red' : 'green'}
                icon={standing.suspension ? 'pause' : 'check'}
              >
                {standing.suspension ? 'Suspended' : 'Works'}
              </Mark>
            </Fact>
            <Fact name="Plan">{standing.planTitle}</Fact>
            <Fact name="Owner’s address">{shop.email}</Fact>
            <Fact name="Portal">/p/{shop.slug}</Fact>
            <Fact name="Id">{shop.id}</Fact>
            <Fact name="Opened">
              <Day at={shop.createdAt} />
            </Fact>
            <Fact name="Last activity">
              {summary.lastActivityAt === undefined ? 'None yet' : <Ago at={summary.lastActivityAt} />}
            </Fact>
            <Fact name="Currency, zone">
              {shop.currency}, {shop.timeZone}
            </Fact>
            <Fact name="Online payments">{shop.paymentsReady ? 'Connected' : 'Not connected'}</Fact>
            <Fact name="Jobs, events so far">
              {number(summary.jobs, 0)}, {number(summary.events, 0)}
            </Fact>
            <Fact name="Machines">{number(summary.machines, 0)}</Fact>
            <Fact name="Agents in contact">
              {summary.agentsConnected} of {summary.agents}
            </Fact>
          </dl>
        </section>
        <section className="card">
          <h2>Members</h2>
          <ul className="plain-bullets">
            {members.map(({ name, role }, index) => (
              <li key={index}>
                {name}, {role}
              </li>
            ))}
          </ul>
        </section>
        <UsageCard usage={usage} dollars={dollars} />
        <section className="card">
          <h2>What we did</h2>
          <SupportList entries={support} />
        </section>
      </Stack>
    </>
  );
}

const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

type Step = 'suspend' | 'lift' | 'plan' | 'visit';

function Actions({ summary: { shop, standing } }: { summary: ShopSummary }) {
  const queries = useQueryClient();
  const [open, setOpen] = useState<Step>();
  const close = () => setOpen(undefined);
  const suspend = useAction(suspendShop, close);
  const lift = useAction(liftSuspension, close);
  const plan = useAction(changePlan, close);
  const visit = useAction(visitShop, ({ visitId, token, expiresAt }) => {
    beginVisit({ visitId, token, expiresAt, shopId: shop.id, shopName: shop.name });
    // Nothing that was read as an operator is of use in the shop.
    queries.clear();
    location.assign('/jobs');
  });
  const params = { shopId: shop.id };
  const begin = (step: Step) => {
    for (const action of [suspend, lift, plan, visit]) action.reset();
    setOpen(step);
  };
  return (
    <>
      <Group gap="xs">
        <Button onClick={() => begin('visit')}>Visit the shop</Button>
        <Button variant="default" onClick={() => begin('plan')}>
          Change the plan
        </Button>
        {standing.suspension ? (
          <Button variant="default" onClick={() => begin('lift')}>
            Lift the suspension
          </Button>
        ) : (
          <Button variant="default" color="red" onClick={() => begin('suspend')}>
            Suspend
          </Button>
        )}
      </Group>
      {open === 'visit' && (
        <ReasonForm
          title={`Visit ${shop.name}`}
          word="Visit the shop"
          pending={visit.isPending}
          error={visit.error}
          onClose={close}
          onSubmit={(reason) => visit.run({ params, body: { reason } })}
        >
          For 15 minutes you work as an admin of the shop, without its payments. The shop reads that you were
          there, why, and what you changed.
        </ReasonForm>
      )}
      {open === 'suspend' && (
        <ReasonForm
          title={`Suspend ${shop.name}`}
          word="Suspend"
          pending={suspend.isPending}
          error={suspend.error}
          onClose={close}
          onSubmit={(reason) => suspend.run({ params, body: { reason } })}
        >
          Its portal closes, nobody changes anything and no mail goes to its customers. Its owner still reads
          and exports everything; its machines go on reporting.
        </ReasonForm>
      )}
      {open === 'lift' && (
        <ReasonForm
          title={`Let ${shop.name} work again`}
          word="Lift the suspension"
          pending={lift.isPending}
          error={lift.error}
          onClose={close}
          onSubmit={(reason) => lift.run({ params, body: { reason } })}
        >
          Everything opens again within a quarter of a minute; mails that waited go out within a quarter of an
          hour.
        </ReasonForm>
      )}
      {open === 'plan' && (
        <ReasonForm
          title="Change the plan"
          word="Change the plan"
          choice={{
            label: 'Plan',
            value: standing.plan,
            data: planNames.map((value) => ({ value, label: plans[value].title })),
          }}
          pending={plan.isPending}
          error={plan.error}
          onClose={close}
          onSubmit={(reason, chosen) => plan.run({ params, body: { plan: chosen as PlanName, reason } })}
        >
          What the shop uses already stays; a smaller plan only stops it from growing.
        </ReasonForm>
      )}
    </>
  );
}
