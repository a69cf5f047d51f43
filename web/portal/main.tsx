import '../shared/styles.ts';
import './portal.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Theme } from '../shared/theme.tsx';
import { Portal } from './portal.tsx';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Theme>
      <Portal />
    </Theme>
  </StrictMode>,
);
