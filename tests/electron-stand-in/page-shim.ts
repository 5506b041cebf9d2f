export interface ShimSettings {
  /** Names the two things the shim leaves on the page; unknown to the application. */
  key: string;
  preload: string | null;
  nodeInPage: boolean;
  platform: string;
}

/** The script that runs before any of a document's own: Electron's side of the page, then the preload script in it. */
export function shimScript(settings: ShimSettings): string {
  const preload =
    settings.preload === null
      ? ''
      : `((require, module, exports, process) => {\n${settings.preload}\n})(standIn.require, { exports: {} }, {}, standIn.process);`;
  return `(() => {
    const standIn = (${installShim.toString()})(${JSON.stringify({ ...settings, preload: null })});
    if (standIn === null) return;
    ${preload}
  })();`;
}

/** Runs in the page and may use nothing from outside itself. Returns null where Electron would run no preload. */
function installShim({ key, nodeInPage, platform }: ShimSettings): unknown {
  // A preload runs in the main frame only, and the first empty document is none of the application's.
  if (window !== window.top || location.protocol === 'about:') return null;

  type Listener = (event: unknown, ...args: unknown[]) => void;
  const listeners = new Map<string, Listener[]>();
  const paths = new Map<string, string>();
  type Binding = (message: { kind: 'send' | 'invoke'; channel: string; args: unknown[] }) => Promise<unknown>;
  const call: Binding = (message) =>
    (window as unknown as Record<string, Binding>)[`${key}Call`]?.(message) ?? Promise.reject();

  const ipcRenderer = {
    send(channel: string, ...args: unknown[]) {
      void call({ kind: 'send', channel, args: structuredClone(args) });
    },
    invoke: async (channel: string, ...args: unknown[]) =>
      call({ kind: 'invoke', channel, args: structuredClone(args) }),
    on(channel: string, listener: Listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    removeListener(channel: string, listener: Listener) {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((one) => one !== listener),
      );
      return ipcRenderer;
    },
  };

  /** What crosses between the two worlds is copied; a function is called on the other side. */
  function crossing(value: unknown): unknown {
    if (typeof value === 'function')
      return (...args: unknown[]) => crossingResult(value(...args.map(crossing)));
    if (Array.isArray(value)) return Object.freeze(value.map(crossing));
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
      return typeof value === 'object' && value !== null ? structuredClone(value) : value;
    return Object.freeze(
      Object.fromEntries(Object.entries(value).map(([name, part]) => [name, crossing(part)])),
    );
  }
  const crossingResult = (value: unknown): unknown =>
    value instanceof Promise ? value.then((result) => crossing(result)) : crossing(value);

  const electron = {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld(name: string, api: unknown) {
        Object.defineProperty(window, name, { value: crossing(api), enumerable: true });
      },
    },
    webUtils: { getPathForFile: (file: File) => paths.get(`${file.name}|${file.size}`) ?? '' },
  };
  function require(name: string): unknown {
    if (name === 'electron') return electron;
    throw new Error(`module not found: ${name}`);
  }
  const process = { platform, type: 'renderer', sandboxed: true, env: {}, versions: {} };

  Object.defineProperty(window, `${key}Page`, {
    value: {
      deliver(channel: string, args: unknown[]) {
        for (const listener of listeners.get(channel) ?? [])
          listener({ sender: ipcRenderer, ports: [] }, ...args);
      },
      knowPath: (name: string, size: number, path: string) => paths.set(`${name}|${size}`, path),
    },
  });
  // Where the application let the page have Node, a test must see it.
  if (nodeInPage) Object.assign(window, { require, process });
  return { require, process };
}
