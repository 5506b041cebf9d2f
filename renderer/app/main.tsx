// First of all imports: it has to run before any schema is made.
import './without-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { findBridge } from '../lib/bridge.ts';
import { App } from './app.tsx';
import './theme.css';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App bridge={findBridge()} />
    </StrictMode>,
  );
}
