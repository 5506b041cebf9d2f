import { describe, expect, it } from 'vitest';
import { parseEnvFile } from '../../../shared/settings/env-file.ts';

/** Name → value, as the file's last word on it. */
function valuesOf(text: string): Record<string, string> {
  return Object.fromEntries(parseEnvFile(text).entries.map(({ name, value }) => [name, value]));
}

describe('a .env', () => {
  it.each([
    ['A=1', '1'],
    ['export A=1', '1'],
    ['  A = 1  ', '1'],
    ['A=', ''],
    ['A=a=b=c', 'a=b=c'],
    ['A=one # a remark', 'one'],
    ['A=pass#word', 'pass#word'],
    ['A="one # no remark" # a remark', 'one # no remark'],
    ["A='single \\n stays'", 'single \\n stays'],
    ['A="two\\nlines \\"quoted\\" \\\\ \\$5"', 'two\nlines "quoted" \\ $5'],
    ['A="unknown \\q stays"', 'unknown \\q stays'],
    ['A="never closed', '"never closed'],
    ["A='it's'", "'it's'"],
    ['A=\u0024{B}', '\u0024{B}'],
    ['A="\u0024{B}/x"', '\u0024{B}/x'],
    ['A: yaml-like', 'yaml-like'],
    ['\uFEFFA=1', '1'],
    ['A=über', 'über'],
  ])('reads %j as %j', (text, value) => {
    expect(valuesOf(text)).toEqual({ A: value });
  });

  it('may have Windows line ends, blank lines and remarks', () => {
    expect(valuesOf('# top\r\n\r\nA=1\r\n   # indented\r\nB="2"\r\n')).toEqual({ A: '1', B: '2' });
  });

  it('may have a quoted value over several lines', () => {
    expect(valuesOf('KEY="-----BEGIN\nabc\n-----END"\nB=2')).toEqual({
      KEY: '-----BEGIN\nabc\n-----END',
      B: '2',
    });
  });

  it('keeps an unclosed quote to its own line', () => {
    expect(valuesOf('A="open\nB=2\nC=3')).toEqual({ A: '"open', B: '2', C: '3' });
  });

  it('lets the last assignment of a name win, and says so', () => {
    const file = parseEnvFile('A=1\nB=2\nA=3');
    expect(file.entries).toEqual([
      { name: 'A', value: '3', line: 3 },
      { name: 'B', value: '2', line: 2 },
    ]);
    expect(file.repeated).toEqual(['A']);
  });

  it('names lines that are no assignment by their number only', () => {
    const file = parseEnvFile('A=1\nsecret-without-a-name\n=2\nB=2');
    expect(file.unreadableLines).toEqual([2, 3]);
    expect(JSON.stringify(file)).not.toContain('secret-without-a-name');
  });
});
