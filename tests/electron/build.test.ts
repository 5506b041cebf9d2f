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
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

  test('gives the page one frozen bridge that carries messages, files and whether it may be closed, and nothing of Electron', () => {
    const exposed = new Map<string, Record<string, unknown>>();
    const sent: [channel: string, said: { page: string; message: unknown }][] = [];
    const listeners = new Set<(event: unknown, relayed: unknown) => void>();
    const electron = {
      contextBridge: {
        exposeInMainWorld: (name: string, api: Record<string, unknown>) => exposed.set(name, api),
      },
      ipcRenderer: {
        send: (channel: string, said: { page: string; message: unknown }) => sent.push([channel, said]),
        on: (channel: string, listener: () => void) => {
          if (channel === 'accession:to-page') listeners.add(listener);
        },
        removeListener: (_channel: string, listener: () => void) => listeners.delete(listener),
      },
    };
    runInNewContext(built('preload', 'preload.cjs'), { require: () => electron });
    expect([...exposed.keys()]).toEqual(['accession']);
    const bridge = exposed.get('accession') as unknown as Bridge;
    expect(Object.keys(bridge).sort()).toEqual(['files', 'listen', 'post', 'tellUnsaved']);
    expect(Object.keys(bridge.files).sort()).toEqual(['choose', 'onOpened', 'take']);
    expect([bridge, bridge.files].map(Object.isFrozen)).toEqual([true, true]);

    bridge.post({ kind: 'ping' });
    const [channel, said] = sent[0] ?? [];
    expect([channel, said?.message]).toEqual(['accession:from-page', { kind: 'ping' }]);

    const heard: unknown[][] = [];
    const stop = bridge.listen(
      (...args) => heard.push(['message', ...args]),
      (...args) => heard.push(['closed', ...args]),
    );
    for (const page of [said?.page, 'the page before a reload']) {
      for (const listener of listeners) {
        listener({ sender: 'secret' }, { kind: 'message', page, message: 1 });
        listener({ sender: 'secret' }, { kind: 'closed', page, error: null });
      }
    }
    expect(heard).toEqual([
      ['message', 1],
      ['closed', null],
    ]);
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
