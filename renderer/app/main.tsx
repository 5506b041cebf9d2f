// First of all imports: it has to run before any schema is made.
import './without-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { profilesOver } from '../features/profiles/profiles-client.ts';
import { findBridge } from '../lib/bridge.ts';
import { createClient } from '../lib/client.ts';
import { browserPageFiles } from '../lib/page-files-browser.ts';
import { desktopPageFiles } from '../lib/page-files-desktop.ts';
import { signOut } from '../lib/sign-out.ts';
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
  contract: client,
  files: bridge === null ? browserPageFiles() : desktopPageFiles(bridge.files),
  signOut: bridge === null ? () => signOut() : null,
  tellUnsaved: bridge === null ? null : bridge.tellUnsaved,
};

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App services={services} />
    </StrictMode>,
  );
}
