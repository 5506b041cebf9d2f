import type { PageRequest, PageResponse } from '../protocol.ts';

type RequestHandler = (
  contents: unknown,
  permission: string,
  callback: (granted: boolean) => void,
  details: object,
) => void;
type CheckHandler = (contents: unknown, permission: string, origin: string, details: object) => boolean;

/** Permissions that Chromium's automation can give, by its names and by Electron's. */
const permissions = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  camera: 'media',
  microphone: 'media',
  midi: 'midi',
  'clipboard-read': 'clipboard-read',
} as const;

/** Electron's default session. Without a handler every permission is granted, as Electron does. */
export class StandInSession {
  #request: RequestHandler | null = null;
  #check: CheckHandler | null = null;
  #device: ((details: object) => boolean) | null = null;

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#request = handler;
  }
  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler;
  }
  setDevicePermissionHandler(handler: ((details: object) => boolean) | null): void {
    this.#device = handler;
  }
  /** For tests: whether a device that a page asks for would be handed to it. */
  wouldGiveDevice(): boolean {
    return this.#device?.({ deviceType: 'usb', origin: '', device: {} }) ?? false;
  }

  granted(): string[] {
    return Object.entries(permissions)
      .filter(([, name]) => this.#isGranted(name))
      .map(([name]) => name);
  }

  #isGranted(permission: string): boolean {
    if (this.#check !== null && !this.#check(null, permission, '', {})) return false;
    let granted = true;
    // A handler that never calls back has granted nothing.
    if (this.#request !== null) granted = false;
    this.#request?.(null, permission, (answer) => (granted = answer), {});
    return granted;
  }
}

type ProtocolHandler = (request: Request) => Response | Promise<Response>;

/** Electron's protocol module: who answers which scheme. */
export class StandInProtocol {
  readonly schemes: { scheme: string; privileges?: Record<string, boolean> }[] = [];
  readonly #handlers = new Map<string, ProtocolHandler>();

  registerSchemesAsPrivileged(schemes: StandInProtocol['schemes']): void {
    this.schemes.push(...schemes);
  }
  handle(scheme: string, handler: ProtocolHandler): void {
    this.#handlers.set(scheme, handler);
  }
  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  async respond({ url, method, headers }: PageRequest): Promise<PageResponse | null> {
    const handler = this.#handlers.get(new URL(url).protocol.slice(0, -1));
    if (handler === undefined) return null;
    const plain = Object.entries(headers).filter(([name]) => !name.startsWith(':'));
    const response = await handler(new Request(url, { method, headers: plain }));
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: new Uint8Array(await response.arrayBuffer()),
    };
  }
}
