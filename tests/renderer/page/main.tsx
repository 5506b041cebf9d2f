// The renderer with nothing behind it but a fake: for pictures, axe and walks with the keyboard. Not shipped.
import '../../../renderer/app/without-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '../../../renderer/app/app.tsx';
import '../../../renderer/app/styles.ts';
import { fakeServices } from './fake-services.ts';
import { scenarioNamed } from './scenarios.ts';

const scenario = scenarioNamed(new URLSearchParams(window.location.search).get('scenario'));
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App services={fakeServices(scenario)} />
    </StrictMode>,
  );
}
