import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import type { Role } from '#domain/actor.ts';
import type { Route } from '#contract/route.ts';
import { exportBooks } from '#contract/routes/books.ts';
import { listCustomers } from '#contract/routes/customers.ts';
import { getPriceBook } from '#contract/routes/shops.ts';
import { tryQuoteEdits } from '#contract/routes/quotes.ts';
import { listVendors } from '#contract/routes/vendors.ts';
import { Icon } from '../shared/icons.tsx';
import { mayCall } from './office.ts';

interface Place {
  to:
    '/jobs' | '/new-quote' | '/customers' | '/vendors' | '/machines' | '/price-book' | '/money' | '/settings';
  icon: 'jobs' | 'pencil' | 'person' | 'box' | 'machine' | 'book' | 'wallet' | 'gear';
  word: string;
  /** Shown to those who may call it. */
  needs?: Route;
}

/** What a phone has room for. */
const first: Place[] = [
  { to: '/jobs', icon: 'jobs', word: 'Jobs' },
  { to: '/machines', icon: 'machine', word: 'Machines' },
  { to: '/customers', icon: 'person', word: 'Customers', needs: listCustomers },
  { to: '/new-quote', icon: 'pencil', word: 'Quotation tool', needs: tryQuoteEdits },
];
const further: Place[] = [
  { to: '/money', icon: 'wallet', word: 'Money', needs: exportBooks },
  { to: '/vendors', icon: 'box', word: 'Vendors', needs: listVendors },
  { to: '/price-book', icon: 'book', word: 'Price book', needs: getPriceBook },
  { to: '/settings', icon: 'gear', word: 'Settings' },
];

/** Where one can go in the back office: beside the page, or below it on a phone with the rest behind “More”. */
export function Rail({ role }: { role: Role | undefined }) {
  const [open, setOpen] = useState(false);
  const furtherId = useId();
  const reachable = (places: readonly Place[]) =>
    places.filter(({ needs }) => !needs || (role && mayCall(role, needs)));
  return (
    <header
      className="rail"
      onKeyDown={({ key }) => {
        if (key === 'Escape') setOpen(false);
      }}
    >
      <span className="brand">Kerf</span>
      <nav aria-label="Main">
        {reachable(first).map((place) => (
          <RailLink key={place.to} place={place} onGo={() => setOpen(false)} />
        ))}
        <div id={furtherId} className={open ? 'rail-further open' : 'rail-further'}>
          {reachable(further).map((place) => (
            <RailLink key={place.to} place={place} onGo={() => setOpen(false)} />
          ))}
        </div>
        <button
          type="button"
          className="rail-more"
          aria-expanded={open}
          aria-controls={furtherId}
          onClick={() => setOpen(!open)}
        >
          <Icon name="more" size={18} />
          More
        </button>
      </nav>
    </header>
  );
}

const RailLink = ({ place: { to, icon, word }, onGo }: { place: Place; onGo: () => void }) => (
  <Link to={to} activeProps={{ 'aria-current': 'page' }} onClick={onGo}>
    <Icon name={icon} size={18} />
    {word}
  </Link>
);
