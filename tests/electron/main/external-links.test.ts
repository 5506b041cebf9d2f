import { describe, expect, test } from 'vitest';
import { externalAddress, externalLinks, linkQuestion } from '../../../electron/main/external-links.ts';

describe('an address that may leave', () => {
  test('is https', () => {
    expect(externalAddress('https://example.org/a?b#c')).toBe('https://example.org/a?b#c');
  });

  test.each([
    'http://example.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'ms-msdt:/id',
    'smb://server/share',
    'app://accession/index.html',
    'https://school.example@evil.example/',
    'https://:secret@evil.example/',
    'https://',
    'nonsense',
    `https://example.org/${'x'.repeat(2048)}`,
  ])('is not %s', (url) => {
    expect(externalAddress(url)).toBeNull();
  });
});

describe('a link that wants out', () => {
  function door(answers: (boolean | Promise<boolean>)[]) {
    const asked: string[] = [];
    const opened: string[] = [];
    const open = externalLinks({
      ask: async (question) => {
        asked.push(question.detail);
        return answers.shift() ?? false;
      },
      open: async (address) => void opened.push(address),
    });
    return { asked, opened, open };
  }

  test('is opened after somebody said so', async () => {
    const { asked, opened, open } = door([true]);
    await open('https://example.org/help');
    expect(asked).toEqual(['https://example.org/help']);
    expect(opened).toEqual(['https://example.org/help']);
  });

  test('is not opened when the answer is no, and the next one is asked about again', async () => {
    const { opened, open } = door([false, true]);
    await open('https://example.org/a');
    await open('https://example.org/b');
    expect(opened).toEqual(['https://example.org/b']);
  });

  test('is not even asked about when it may not leave', async () => {
    const { asked, open } = door([true]);
    await open('file:///etc/passwd');
    expect(asked).toEqual([]);
  });

  test('asks one question at a time', async () => {
    const answer = Promise.withResolvers<boolean>();
    const { asked, opened, open } = door([answer.promise]);
    const first = open('https://example.org/a');
    await open('https://example.org/b');
    answer.resolve(true);
    await first;
    expect(asked).toEqual(['https://example.org/a']);
    expect(opened).toEqual(['https://example.org/a']);
  });

  test('names the host in the question, and cuts what nobody could read', () => {
    const question = linkQuestion(`https://example.org/${'x'.repeat(1000)}`);
    expect(question.message).toContain('example.org');
    expect(question.detail.length).toBeLessThan(320);
  });
});
