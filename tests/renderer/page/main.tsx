// The renderer with nothing behind it but a fake: for pictures, axe and walks with the keyboard. Not shipped.
import '../../../renderer/app/without-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '../../../renderer/app/app.tsx';
import '../../../renderer/app/styles.ts';
import { fakeServices } from './fake-services.ts';
import { GridPage, gridScenarioNamed } from './grid-page.tsx';
import { scenarioNamed } from './scenarios.ts';

const name = new URLSearchParams(window.location.search).get('scenario');
const grid = gridScenarioNamed(name);
const scenario = scenarioNamed(name);
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      {grid === null ? <App services={fakeServices(scenario)} /> : <GridPage scenario={grid} />}
    </StrictMode>,
  );
}
