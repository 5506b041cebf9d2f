// First of all imports: it has to run before any schema is made.
import './without-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { profilesOver } from '../features/profiles/profiles-client.ts';
import { findBridge } from '../lib/bridge.ts';
import { createClient } from '../lib/client.ts';
import { ipcTransport } from '../lib/transport-ipc.ts';
import { socketUrl, webSocketTransport } from '../lib/transport-websocket.ts';
import { App } from './app.tsx';
import './styles.ts';

const bridge = findBridge();
const client = createClient(
  bridge === null ? webSocketTransport(socketUrl(window.location.href)) : ipcTransport(bridge),
);
const services = {
  connection: client.state,
  retryNow: client.retryNow,
  about: () => client.request('app.about', {}),
  profiles: profilesOver(client),
};

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App services={services} />
    </StrictMode>,
  );
}
