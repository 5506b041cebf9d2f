import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('../../../renderer/app/theme.css', import.meta.url), 'utf8');

/** Relative luminance and contrast ratio as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

function token(name: string, scheme: 'light' | 'dark'): string {
  const match = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css);
  const value = match?.[scheme === 'light' ? 1 : 2];
  if (value === undefined) throw new Error(`No colour --${name} in theme.css`);
  return value;
}

test.each(['light', 'dark'] as const)('text reads at AA contrast in the %s theme', (scheme) => {
  for (const [text, ground] of [
    ['ink', 'paper'],
    ['ink', 'card'],
    ['ink', 'code'],
    ['ink-soft', 'paper'],
    ['ink-soft', 'card'],
    ['accent', 'card'],
    ['on-accent', 'accent'],
  ] as const) {
    expect(
      contrast(token(text, scheme), token(ground, scheme)),
      `${text} on ${ground}`,
    ).toBeGreaterThanOrEqual(4.5);
  }
});

test.each(['light', 'dark'] as const)('state dots and the focus ring stand out in the %s theme', (scheme) => {
  for (const mark of ['good', 'bad', 'idle', 'accent']) {
    expect(contrast(token(mark, scheme), token('card', scheme)), mark).toBeGreaterThanOrEqual(3);
  }
});

test('the window opens in the colours of the page', () => {
  const window = readFileSync(new URL('../../../electron/main/window.ts', import.meta.url), 'utf8');
  expect(window).toContain(`light: '${token('paper', 'light')}', dark: '${token('paper', 'dark')}'`);
});
