import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { statuses, type Status } from '#domain/job/job.ts';
import { OfficeLayout } from './office-layout.tsx';
import { NotFound } from './not-found.tsx';
import { PageFault } from './page-fault.tsx';
import { isSignedIn } from './session.ts';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

/** Remembers where somebody wanted to go. */
const mustSignIn = ({ location }: { location: { href: string } }) => {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
  if (!isSignedIn()) throw redirect({ to: '/sign-in', search: { next: location.href } });
};

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
    throw redirect({ to: '/jobs' });
  },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ next }: Record<string, unknown>): { next?: string } =>
    typeof next === 'string' && /^\/(?!\/)/.test(next) ? { next } : {},
  beforeLoad: ({ search: { next = '/jobs' } }) => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
    if (isSignedIn()) throw redirect({ href: next });
  },
  component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignInPage'),
});
const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  component: lazyRouteComponent(() => import('./pages/sign-up.tsx'), 'SignUpPage'),
});
const password = createRoute({
  getParentRoute: () => root,
  path: '/password',
  component: lazyRouteComponent(() => import('./pages/password.tsx'), 'PasswordPage'),
});
const openShop = createRoute({
  getParentRoute: () => root,
  path: '/open-shop',
  beforeLoad: mustSignIn,
  component: lazyRouteComponent(() => import('./pages/open-shop.tsx'), 'OpenShopPage'),
});

const office = createRoute({
  getParentRoute: () => root,
  id: 'office',
  beforeLoad: mustSignIn,
  component: OfficeLayout,
});

const isStatus = (value: unknown): value is Status => statuses.includes(value as Status);

const jobs = createRoute({
  getParentRoute: () => office,
  path: '/jobs',
  validateSearch: ({ status }: Record<string, unknown>): { status?: Status } =>
    isStatus(status) ? { status } : {},
  component: lazyRouteComponent(() => import('./pages/jobs.tsx'), 'JobsPage'),
});
const job = createRoute({
  getParentRoute: () => office,
  path: '/jobs/$jobId',
  component: lazyRouteComponent(() => import('./pages/job.tsx'), 'JobPage'),
});
const quote = createRoute({
  getParentRoute: () => office,
  path: '/jobs/$jobId/quote',
  component: lazyRouteComponent(() => import('./pages/quote.tsx'), 'QuotePage'),
});
/** Where work orders stood in other systems: bookmarks and mails of old lead to the one list. */
const formerLists = ['/custom-builds', '/custom-builds/$id', '/work-orders', '/work-orders/$id'].map((path) =>
  createRoute({
    getParentRoute: () => root,
    path,
    beforeLoad: () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
      throw redirect({ to: '/jobs' });
    },
  }),
);
const newQuote = createRoute({
  getParentRoute: () => office,
  path: '/new-quote',
  component: lazyRouteComponent(() => import('./pages/new-quote.tsx'), 'NewQuotePage'),
});
const newPiece = createRoute({
  getParentRoute: () => office,
  path: '/new-piece',
  validateSearch: ({ customerId }: Record<string, unknown>): { customerId?: string } =>
    typeof customerId === 'string' ? { customerId } : {},
  component: lazyRouteComponent(() => import('./pages/new-piece.tsx'), 'NewPiecePage'),
});
const customers = createRoute({
  getParentRoute: () => office,
  path: '/customers',
  component: lazyRouteComponent(() => import('./pages/customers.tsx'), 'CustomersPage'),
});
const customer = createRoute({
  getParentRoute: () => office,
  path: '/customers/$customerId',
  component: lazyRouteComponent(() => import('./pages/customer.tsx'), 'CustomerPage'),
});
const vendors = createRoute({
  getParentRoute: () => office,
  path: '/vendors',
  component: lazyRouteComponent(() => import('./pages/vendors.tsx'), 'VendorsPage'),
});
const vendor = createRoute({
  getParentRoute: () => office,
  path: '/vendors/$vendorId',
  component: lazyRouteComponent(() => import('./pages/vendor.tsx'), 'VendorPage'),
});
const machines = createRoute({
  getParentRoute: () => office,
  path: '/machines',
  component: lazyRouteComponent(() => import('./pages/machines.tsx'), 'MachinesPage'),
});
const priceBook = createRoute({
  getParentRoute: () => office,
  path: '/price-book',
  component: lazyRouteComponent(() => import('./pages/price-book.tsx'), 'PriceBookPage'),
});
const books = createRoute({
  getParentRoute: () => office,
  path: '/money',
  component: lazyRouteComponent(() => import('./pages/money.tsx'), 'MoneyPage'),
});
const mails = createRoute({
  getParentRoute: () => office,
  path: '/settings/mails',
  component: lazyRouteComponent(() => import('./pages/mails.tsx'), 'MailsPage'),
});
const settings = createRoute({
  getParentRoute: () => office,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings.tsx'), 'SettingsPage'),
});

const letterhead = createRoute({
  getParentRoute: () => office,
  path: '/settings/letterhead',
  component: lazyRouteComponent(() => import('./pages/letterhead.tsx'), 'LetterheadPage'),
});
const workflows = createRoute({
  getParentRoute: () => office,
  path: '/settings/workflows',
  component: lazyRouteComponent(() => import('./pages/workflows.tsx'), 'WorkflowsPage'),
});
const workflow = createRoute({
  getParentRoute: () => office,
  path: '/settings/workflows/$name',
  component: lazyRouteComponent(() => import('./pages/workflow.tsx'), 'WorkflowPage'),
});
const checklists = createRoute({
  getParentRoute: () => office,
  path: '/settings/checklists',
  component: lazyRouteComponent(() => import('./pages/checklists.tsx'), 'ChecklistsPage'),
});
const checklist = createRoute({
  getParentRoute: () => office,
  path: '/settings/checklists/$id',
  component: lazyRouteComponent(() => import('./pages/checklist.tsx'), 'ChecklistPage'),
});

const account = createRoute({
  getParentRoute: () => office,
  path: '/settings/account',
  component: lazyRouteComponent(() => import('./pages/account.tsx'), 'AccountPage'),
});

const console = createRoute({
  getParentRoute: () => root,
  path: '/console',
  beforeLoad: mustSignIn,
  component: lazyRouteComponent(() => import('./console/console-layout.tsx'), 'ConsoleLayout'),
});
const consoleShops = createRoute({
  getParentRoute: () => console,
  path: '/',
  component: lazyRouteComponent(() => import('./console/shops-page.tsx'), 'ShopsPage'),
});
const consoleShop = createRoute({
  getParentRoute: () => console,
  path: '/shops/$shopId',
  component: lazyRouteComponent(() => import('./console/shop-page.tsx'), 'ConsoleShopPage'),
});
const consoleTroubles = createRoute({
  getParentRoute: () => console,
  path: '/troubles',
  component: lazyRouteComponent(() => import('./console/troubles-page.tsx'), 'TroublesPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    ...formerLists,
    signIn,
    signUp,
    password,
    openShop,
    office.addChildren([
      jobs,
      job,
      quote,
      newQuote,
      newPiece,
      customers,
      customer,
      vendors,
      vendor,
      machines,
      priceBook,
      books,
      settings,
      mails,
      letterhead,
      workflows,
      workflow,
      checklists,
      checklist,
      account,
    ]),
    console.addChildren([consoleShops, consoleShop, consoleTroubles]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: PageFault,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
