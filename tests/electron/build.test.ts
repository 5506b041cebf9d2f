import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../electron/main/protocol.ts';
import type { Bridge } from '../../renderer/lib/bridge.ts';

const root = join(import.meta.dirname, '..', '..');
let appDir = '';
let outDir = '';

function built(...path: string[]): string {
  return readFileSync(join(outDir, ...path), 'utf8');
}

beforeAll(() => {
  appDir = mkdtempSync(join(tmpdir(), 'accession-build-'));
  outDir = join(appDir, 'out');
  const bin = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  // Without the test runner's NODE_ENV: the build decides by its own mode.
  const { NODE_ENV: _unused, ...env } = process.env;
  execFileSync(process.execPath, [bin, 'build', '--outDir', outDir], { cwd: root, stdio: 'pipe', env });
  // The rest of an application folder, so that what was built can run: its manifest and its dependencies.
  copyFileSync(join(root, 'package.json'), join(appDir, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(appDir, 'node_modules'), 'junction');
}, 120_000);

afterAll(() => {
  rmSync(appDir, { recursive: true, force: true });
});

describe('the built application', () => {
  test('has every program package.json and the window start by name', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(manifest.main).toBe('out/main/main.js');
    expect(existsSync(join(outDir, 'main', 'main.js'))).toBe(true);
    expect(existsSync(join(outDir, 'main', 'backend.js'))).toBe(true);
    expect(existsSync(join(outDir, 'renderer', 'index.html'))).toBe(true);
    for (const [name, source] of [
      ['cli', 'electron/cli/cli.ts'],
      ['faiss-process', 'electron/adapters/faiss/faiss-process.ts'],
    ] as const) {
      expect(existsSync(join(outDir, 'main', `${name}.js`)), name).toBe(existsSync(join(root, source)));
    }
  });

  test('keeps everything of out/main in one folder, so that URLs relative to a file stay right', () => {
    const folders = readdirSync(join(outDir, 'main'), { withFileTypes: true }).filter((e) => e.isDirectory());
    expect(folders).toEqual([]);
  });

  test.runIf(existsSync(join(root, 'electron/cli/cli.ts')))('starts the command line by its shebang', () => {
    expect(built('main', 'cli.js').split('\n', 1)[0]).toBe('#!/usr/bin/env node');
  });

  test('has a CommonJS preload that requires electron and nothing else', () => {
    const preload = built('preload', 'preload.cjs');
    const required = [...preload.matchAll(/require\((["'`])(.*?)\1\)/g)].map((match) => match[2]);
    expect(new Set(required)).toEqual(new Set(['electron']));
    expect(preload).not.toMatch(/^\s*(import|export)\s/m);
  });

  test('gives the page one frozen bridge with request and on, and nothing of Electron', async () => {
    const exposed = new Map<string, Record<string, unknown>>();
    const calls: unknown[][] = [];
    const listeners = new Set<(event: unknown, message: unknown) => void>();
    const electron = {
      contextBridge: {
        exposeInMainWorld: (name: string, api: Record<string, unknown>) => exposed.set(name, api),
      },
      ipcRenderer: {
        invoke: async (...call: unknown[]) => calls.push(call),
        on: (_channel: string, listener: () => void) => listeners.add(listener),
        removeListener: (_channel: string, listener: () => void) => listeners.delete(listener),
      },
    };
    runInNewContext(built('preload', 'preload.cjs'), { require: () => electron });
    expect([...exposed.keys()]).toEqual(['accession']);
    const bridge = exposed.get('accession') as unknown as Bridge;
    expect(Object.keys(bridge).sort()).toEqual(['on', 'request']);
    expect(Object.isFrozen(bridge)).toBe(true);

    await bridge.request('app.about', { a: 1 });
    expect(calls).toEqual([['accession:request', { route: 'app.about', input: { a: 1 } }]]);

    const heard: unknown[][] = [];
    const stop = bridge.on('wanted', (...args) => heard.push(args));
    for (const event of ['wanted', 'other']) {
      for (const listener of listeners) listener({ sender: 'secret' }, { event, payload: event });
    }
    expect(heard).toEqual([['wanted']]);
    stop();
    expect(listeners.size).toBe(0);
  });

  test('has a page without inline script, inline style or an address elsewhere', () => {
    const html = built('renderer', 'index.html');
    const scripts = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)];
    expect(scripts.length).toBeGreaterThan(0);
    for (const [, attributes, body] of scripts) {
      expect(attributes).toMatch(/\ssrc="\.\//);
      expect(body).toBe('');
    }
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:|data:/);
    expect(html).not.toMatch(/(https?:)?\/\/\w/);
  });

  test('has every file the page names beside it', () => {
    const named = [...built('renderer', 'index.html').matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(
      (m) => m[1] ?? '',
    );
    expect(named.length).toBeGreaterThanOrEqual(3);
    for (const path of named) expect(existsSync(join(outDir, 'renderer', path)), path).toBe(true);
  });
});

describe('the built main process, on a stand-in for Electron', () => {
  let report: Record<string, unknown> = {};

  beforeAll(() => {
    const standIn = pathToFileURL(join(import.meta.dirname, 'electron-stand-in.mjs')).href;
    const script = join(import.meta.dirname, 'main-process-report.mjs');
    const { ELECTRON_RENDERER_URL: _unused, ...env } = process.env;
    const args = ['--import', standIn, script, join(outDir, 'main', 'main.js')];
    report = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', env, timeout: 60_000 }));
  }, 90_000);

  test('opens a sandboxed, isolated window without Node, with the built preload', () => {
    expect(report.sandboxForAll).toBe(true);
    expect(report.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      preload: join(outDir, 'preload', 'preload.cjs'),
    });
  });

  test('shows the built page from app:// under its policy', () => {
    expect(report.page).toBe('app://accession/index.html');
    expect(report.document).toEqual({ status: 200, policy: contentSecurityPolicy });
    expect(report.scheme).toMatchObject({ scheme: 'app', privileges: { standard: true, secure: true } });
    expect(JSON.stringify(report.scheme)).not.toContain('bypassCSP');
  });

  test('lets the page go nowhere, open nothing and embed nothing, but reload itself', () => {
    expect(report).toMatchObject({
      elsewhere: true,
      frame: true,
      redirect: true,
      webview: true,
      reload: false,
    });
    expect(report.newWindow).toEqual({ action: 'deny' });
  });

  test('denies every permission, asked for or looked up', () => {
    expect(report).toMatchObject({ permissionAsked: false, permissionChecked: false, device: false });
  });

  test('passes app.about to the backend process and answers nobody but its own frame', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(report.channel).toBe('accession:request');
    const value = { name: 'Accession', version, nodeVersion: process.versions.node };
    expect(report.about).toEqual({ ok: true, value });
    expect(report.stranger).toMatchObject({ ok: false, error: { code: 'usage.invalid' } });
  });

  test('tells the page when the backend died, and starts it again for the next request', () => {
    expect(report.sentAfterCrash).toEqual([
      {
        channel: 'accession:event',
        message: { event: 'app.backend-stopped', payload: expect.objectContaining({ retryable: true }) },
      },
    ]);
    expect(report.aboutAfterCrash).toEqual(report.about);
    expect(report.backendsStarted).toBe(2);
  });

  test('ends the backend with the application, without calling it a failure', () => {
    expect(report.sentAfterQuit).toBe(1);
  });
});
