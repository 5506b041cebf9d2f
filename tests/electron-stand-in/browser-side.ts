import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { setShimKey } from './drop-files.ts';
import type { Remote } from './link.ts';
import { shimScript } from './page-shim.ts';
import { type BrowserSide, type MainSide, toAppUrl, toBrowserUrl, type WindowSettings } from './protocol.ts';

interface ShownWindow {
  page: Page;
  key: string;
  /** Set while the main process itself loads an address: that is no navigation of the page's. */
  loading: boolean;
}

export interface Windows {
  methods: Omit<BrowserSide, 'secondInstance'>;
  /** In the order in which they were opened. */
  pages(): Page[];
  first(): Promise<Page>;
  /** Every address outside the application that a page tried to reach. Nothing gets there. */
  refused: string[];
  close(): Promise<void>;
}

/** The windows of one application: a page each, in a browser context of their own. */
export async function openWindows(browser: Browser, main: () => Remote<MainSide>): Promise<Windows> {
  const context: BrowserContext = await browser.newContext({ serviceWorkers: 'block' });
  const shown = new Map<number, ShownWindow>();
  const popups: Page[] = [];
  const refused: string[] = [];
  const firstPage = Promise.withResolvers<Page>();

  function idOf(page: Page): number | null {
    for (const [id, window] of shown) if (window.page === page) return id;
    return null;
  }

  async function onRequest(route: Route): Promise<void> {
    const request = route.request();
    const frame = request.frame();
    const id = idOf(frame.page());
    const url = toAppUrl(request.url());
    const isMainFrame = frame.parentFrame() === null;
    if (id === null) return route.abort();
    if (request.isNavigationRequest() && !(isMainFrame && shown.get(id)?.loading)) {
      if (await main().willNavigate(id, url, isMainFrame)) return route.abort('aborted');
    }
    const response = url === request.url() ? null : await main().respond(await plain(route, url));
    if (response === null) {
      refused.push(url);
      return route.abort('blockedbyclient');
    }
    return route.fulfill({
      status: response.status,
      headers: response.headers,
      body: Buffer.from(response.body),
    });
  }

  // Pages and processes end while answers are on their way.
  await context.route('**/*', (route) => onRequest(route).catch(() => route.abort().catch(() => {})));

  async function createWindow(settings: WindowSettings): Promise<void> {
    const key = `standIn${randomBytes(8).toString('hex')}`;
    await context.grantPermissions(settings.granted);
    const page = await context.newPage();
    shown.set(settings.id, { page, key, loading: false });
    setShimKey(page, key);
    await page.exposeBinding(`${key}Call`, ({ frame }, { kind, channel, args }) =>
      main().fromPage(
        settings.id,
        { url: toAppUrl(frame.url()), isMain: frame.parentFrame() === null },
        kind,
        channel,
        args,
      ),
    );
    await page.addInitScript({
      content: shimScript({
        key,
        preload: settings.preload,
        nodeInPage: settings.nodeInPage,
        platform: process.platform,
      }),
    });
    page.on('framenavigated', (frame) => {
      if (frame.parentFrame() === null) main().hasNavigated(settings.id, toAppUrl(frame.url())).catch(ignore);
    });
    page.on('load', () => main().hasLoaded(settings.id).catch(ignore));
    page.on('close', () => main().pageClosed(settings.id).catch(ignore));
    const cdp = await context.newCDPSession(page);
    await cdp.send('Page.enable');
    // The browser tells of the wish before the window is there, and cannot be told no: what is denied is closed.
    let allowed = Promise.resolve(false);
    cdp.on('Page.windowOpen', ({ url }) => {
      allowed = main()
        .wantsWindow(settings.id, toAppUrl(url))
        .catch(() => false);
    });
    page.on('popup', async (popup) => {
      if (await allowed) popups.push(popup);
      else await popup.close().catch(ignore);
    });
    firstPage.resolve(page);
  }

  function windowOf(id: number): ShownWindow {
    const window = shown.get(id);
    if (window === undefined) throw new Error(`There is no window ${id}.`);
    return window;
  }

  async function load(id: number, go: (page: Page) => Promise<unknown>): Promise<void> {
    const window = windowOf(id);
    window.loading = true;
    try {
      await go(window.page);
    } finally {
      window.loading = false;
    }
  }

  return {
    refused,
    pages: () => [...[...shown.values()].map(({ page }) => page), ...popups],
    first: () => firstPage.promise,
    close: () => context.close(),
    methods: {
      createWindow,
      loadUrl: (id, url) => load(id, (page) => page.goto(toBrowserUrl(url))),
      reload: (id) => load(id, (page) => page.reload()),
      async closeWindow(id) {
        const { page } = windowOf(id);
        shown.delete(id);
        await page.close();
      },
      async sendToPage(id, channel, args) {
        const { page, key } = windowOf(id);
        await page.evaluate(
          ([name, to, values]) => {
            const shim = (window as unknown as Record<string, { deliver(...message: unknown[]): void }>)[
              name
            ];
            shim?.deliver(to, values);
          },
          [`${key}Page`, channel, args] as const,
        );
      },
      runInPage: (id, code) => windowOf(id).page.evaluate(code),
    },
  };
}

const ignore = (): void => {};

async function plain(route: Route, url: string) {
  const request = route.request();
  return { url, method: request.method(), headers: await request.allHeaders() };
}
