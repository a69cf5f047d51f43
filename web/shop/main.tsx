import '../shared/styles.ts';
import './styles.ts';
import './shop.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { CallProvider } from '../shared/calls.tsx';
import { newQueryClient } from '../shared/queries.ts';
import { Theme } from '../shared/theme.tsx';
import { router } from './router.tsx';
import { staffCall } from './session.ts';

const queries = newQueryClient();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Theme>
      <QueryClientProvider client={queries}>
        <CallProvider call={staffCall}>
          <RouterProvider router={router} />
        </CallProvider>
      </QueryClientProvider>
    </Theme>
  </StrictMode>,
);
