import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('../../../renderer/app/theme.css', import.meta.url), 'utf8');
const schemes = ['light', 'dark'] as const;
type Scheme = (typeof schemes)[number];

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

function token(name: string, scheme: Scheme): string {
  const match = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css);
  const value = match?.[scheme === 'light' ? 1 : 2];
  if (value === undefined) throw new Error(`No colour --${name} in theme.css`);
  return value;
}

const PROFILE_COLOURS = ['grey', 'blue', 'green', 'amber', 'red', 'violet'];

/** Every text colour with every ground that it stands on somewhere on the page. */
const TEXT: readonly (readonly [string, readonly string[]])[] = [
  ['ink', ['paper', 'card', 'sunken', 'hover', 'code', 'accent-wash', 'good-wash', 'warn-wash', 'bad-wash']],
  ['ink-soft', ['paper', 'card', 'sunken', 'hover', 'code', 'accent-wash']],
  ['accent', ['paper', 'card', 'code', 'hover', 'accent-wash']],
  ['on-accent', ['accent', 'accent-strong']],
  ['good', ['paper', 'card', 'good-wash']],
  ['warn', ['paper', 'card', 'hover', 'warn-wash']],
  ['bad', ['paper', 'card', 'hover', 'accent-wash', 'bad-wash']],
  ['on-danger', ['danger', 'danger-strong']],
  ...PROFILE_COLOURS.map((name) => [`profile-${name}`, [`profile-${name}-wash`]] as const),
];

/** What is no text but has to be seen: edges of controls, dots, icons, the ring of the focus. */
const MARKS: readonly (readonly [string, readonly string[]])[] = [
  ['edge', ['paper', 'card', 'hover']],
  ['accent', ['paper', 'card', 'sunken', 'accent-wash']],
  ['idle', ['paper', 'card']],
  ['good', ['card', 'good-wash']],
  ['warn', ['card', 'warn-wash']],
  ['bad', ['card', 'bad-wash']],
  ['danger', ['card', 'paper']],
  ...PROFILE_COLOURS.map((name) => [`profile-${name}`, ['paper', 'card', 'hover', 'accent-wash']] as const),
];

const pairs = (list: typeof TEXT) =>
  schemes.flatMap((scheme) =>
    list.flatMap(([front, grounds]) => grounds.map((ground) => ({ scheme, front, ground }))),
  );

test.each(pairs(TEXT))('$scheme: text in $front reads on $ground (4.5:1)', ({ scheme, front, ground }) => {
  expect(contrast(token(front, scheme), token(ground, scheme))).toBeGreaterThanOrEqual(4.5);
});

test.each(pairs(MARKS))('$scheme: a mark in $front is seen on $ground (3:1)', ({ scheme, front, ground }) => {
  expect(contrast(token(front, scheme), token(ground, scheme))).toBeGreaterThanOrEqual(3);
});

test('no style sheet but the theme names a colour of its own', () => {
  const renderer = new URL('../../../renderer/', import.meta.url);
  const files = globSync('**/*.css', { cwd: renderer }).filter((file) => file !== 'app/theme.css');
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const text = readFileSync(new URL(file, renderer), 'utf8');
    expect(text.match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(|oklch\(/gi), file).toBeNull();
  }
});

test('the window opens in the colours of the page', () => {
  const window = readFileSync(new URL('../../../electron/main/window.ts', import.meta.url), 'utf8');
  expect(window).toContain(`light: '${token('paper', 'light')}', dark: '${token('paper', 'dark')}'`);
});
