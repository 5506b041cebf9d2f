import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { App, Welcome } from '../../../renderer/app/app.tsx';
import type { BackendState } from '../../../renderer/features/health/backend-state.ts';

function show(state: BackendState): string {
  return renderToStaticMarkup(<Welcome state={state} onRetry={() => {}} />);
}

function textOf(html: string): string {
  return html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

describe('the first screen', () => {
  test('with a working backend shows that it is ready, its version and its Node', () => {
    const html = show({
      kind: 'running',
      about: { name: 'Accession', version: '9.8.7', nodeVersion: '24.21.0' },
    });
    expect(textOf(html)).toContain('Ready. Accession is running.');
    expect(textOf(html)).toContain('Version 9.8.7');
    expect(textOf(html)).toContain('Node 24.21.0');
    expect(html).not.toContain('<button');
  });

  test('with a dead backend says so, says how to mend it, and offers to start it again', () => {
    const html = show({ kind: 'stopped', message: 'It has stopped.', hint: 'Open it anew.' });
    expect(textOf(html)).toContain('Not running. It has stopped. Open it anew.');
    expect(html).toMatch(/<button[^>]*>Start it again<\/button>/);
    expect(textOf(html)).not.toContain('Ready');
  });

  test('without the bridge says that it is shown without its desktop shell', () => {
    const html = renderToStaticMarkup(<App bridge={null} />);
    expect(textOf(html)).toContain('Shown without its desktop shell.');
    expect(html).not.toContain('<button');
  });

  test('names the product, says what it does and gives both commands, in every state', () => {
    for (const state of [{ kind: 'no-shell' }, { kind: 'starting' }] as const) {
      const html = show(state);
      expect(html).toContain('<h1>Accession</h1>');
      expect(textOf(html)).toContain('books, students and checkouts');
      expect(textOf(html)).toContain('npm run -s accession -- check books.csv students.csv checkouts.csv');
      expect(textOf(html)).toContain('npm run -s accession -- load books.csv students.csv checkouts.csv');
    }
  });

  test('speaks changes of the state aloud to a screen reader', () => {
    expect(show({ kind: 'starting' })).toContain('role="status"');
  });
});
