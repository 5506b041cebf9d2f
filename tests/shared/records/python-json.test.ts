import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PythonValue, pyFloat, pythonJson } from '../../../shared/records/python-json.ts';

describe('pythonJson', () => {
  it.each<[PythonValue, string]>([
    [{ b: 1, a: [true, null, 'x'] }, '{"a": [true, null, "x"], "b": 1}'],
    [pyFloat(4.4), '4.4'],
    [pyFloat(5), '5.0'],
    [pyFloat(10), '10.0'],
    [pyFloat(1e-5), '1e-05'],
    [pyFloat(0.0001), '0.0001'],
    [pyFloat(1e16), '1e+16'],
    [pyFloat(9007199254740992), '9007199254740992.0'],
    [pyFloat(1.5e-7), '1.5e-07'],
    [pyFloat(1e100), '1e+100'],
    [pyFloat(-0), '-0.0'],
    [pyFloat(0), '0.0'],
    [pyFloat(Number.NaN), 'NaN'],
    [pyFloat(Number.NEGATIVE_INFINITY), '-Infinity'],
    [5, '5'],
    [12345678901234567890n, '12345678901234567890'],
    ['Brontë 📚 \u007f', '"Bront\\u00eb \\ud83d\\udcda \\u007f"'],
    ['"\\\n\r\t\b\f\u0001/', '"\\"\\\\\\n\\r\\t\\b\\f\\u0001/"'],
    [[], '[]'],
    [{}, '{}'],
  ])('writes %o as %s', (value, json) => {
    expect(pythonJson(value)).toBe(json);
  });

  it('sorts keys by code point, where UTF-16 order differs', () => {
    expect(pythonJson({ '\u{1f4da}': 1, '\uff21': 2 })).toBe('{"\\uff21": 2, "\\ud83d\\udcda": 1}');
  });

  it('refuses a plain number that does not say that it is a float', () => {
    expect(() => pythonJson(4.4)).toThrow(RangeError);
  });
});

const hasPython = spawnSync('python3', ['--version']).status === 0;

/** Reads lines of [kind-tagged value]; floats come as their 8 bytes in hex, so that no printing is trusted. */
const PRINTER = `
import json, struct, sys
def value(v):
    kind, inner = v
    if kind == 'f': return struct.unpack('>d', bytes.fromhex(inner))[0]
    if kind == 'i': return int(inner)
    if kind == 'l': return [value(x) for x in inner]
    if kind == 'd': return {k: value(x) for k, x in inner}
    return inner
for line in sys.stdin: print(json.dumps(value(json.loads(line)), sort_keys=True, default=str))
`;

describe.skipIf(!hasPython)(`pythonJson${hasPython ? '' : ' (skipped: no python3)'}`, () => {
  it('prints what json.dumps prints', () => {
    const cases = fc.sample(tagged, 3000);
    const input = cases.map((one) => JSON.stringify(one)).join('\n');
    const run = spawnSync('python3', ['-c', PRINTER], { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
    const printed = run.stdout.trimEnd().split('\n');
    expect(run.stderr).toBe('');
    expect(printed).toHaveLength(cases.length);
    expect(cases.map((one) => pythonJson(plain(one)))).toEqual(printed);
  });
});

type Tagged =
  | ['f' | 'i', string]
  | ['s', string]
  | ['b', boolean]
  | ['n', null]
  | ['l', Tagged[]]
  | ['d', [string, Tagged][]];

function hexOf(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString('hex');
}

function plain([kind, inner]: Tagged): PythonValue {
  switch (kind) {
    case 'f':
      return pyFloat(Buffer.from(inner, 'hex').readDoubleBE());
    case 'i':
      return BigInt(inner);
    case 'l':
      return inner.map(plain);
    case 'd':
      return Object.fromEntries(inner.map(([key, value]) => [key, plain(value)]));
    default:
      return inner;
  }
}

const words = fc.string({ unit: 'binary', maxLength: 12 });
const decimals = fc.tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: -20, max: 20 }));
const { tagged } = fc.letrec<{ tagged: Tagged }>((tie) => ({
  tagged: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.double().map((value): Tagged => ['f', hexOf(value)]),
    decimals.map(([digits, exponent]): Tagged => ['f', hexOf(Number(`${digits}e${exponent}`))]),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map((value): Tagged => ['i', String(value)]),
    words.map((value): Tagged => ['s', value]),
    fc.boolean().map((value): Tagged => ['b', value]),
    fc.constant<Tagged>(['n', null]),
    fc.array(tie('tagged'), { maxLength: 4 }).map((value): Tagged => ['l', value]),
    fc
      .uniqueArray(fc.tuple(words, tie('tagged')), { maxLength: 4, selector: ([key]) => key })
      .map((value): Tagged => ['d', value]),
  ),
}));
