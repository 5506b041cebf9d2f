/** A number that Python holds as a float, so that 5 is written `5.0`. Plain numbers are Python ints. */
export interface PyFloat {
  readonly pyFloat: number;
}

export type PythonValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | PyFloat
  | readonly PythonValue[]
  | { readonly [key: string]: PythonValue };

export function pyFloat(value: number): PyFloat {
  return { pyFloat: value };
}

/**
 * The text that Python 3's `json.dumps(value, sort_keys=True, default=str)` prints, character for character
 * (stored hashes are taken over it). A Decimal is passed as the string it prints as.
 *
 * Throws RangeError for a plain number that is no whole one: it must say that it is a float.
 */
export function pythonJson(value: PythonValue): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return pythonString(value);
    case 'number':
      if (!Number.isSafeInteger(value)) throw new RangeError('Wrap a float in pyFloat, or use a bigint.');
      return String(value);
    case 'bigint':
    case 'boolean':
      return String(value);
  }
  if (isList(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (isFloat(value)) return pythonFloat(value.pyFloat);
  const members = Object.entries(value).sort(([a], [b]) => compareCodePoints(a, b));
  return `{${members.map(([key, member]) => `${pythonString(key)}: ${pythonJson(member)}`).join(', ')}}`;
}

function isList(value: object): value is readonly PythonValue[] {
  return Array.isArray(value);
}

function isFloat(value: object): value is PyFloat {
  return typeof (value as PyFloat).pyFloat === 'number';
}

/** `float.__repr__`: the shortest digits that read back, in scientific notation below 1e-4 and from 1e16. */
function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e16)) {
    const text = String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, '0')}`;
}

const NEEDS_ESCAPE = /[^ !#-[\]-~]/;
const ESCAPED = /[^ !#-[\]-~]/g;
const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\f', '\\f'],
  ['\b', '\\b'],
]);

/** Without the `u` flag the pattern meets UTF-16 units one by one, which is how Python writes surrogate pairs. */
function pythonString(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return `"${text}"`;
  return `"${text.replace(ESCAPED, escapeUnit)}"`;
}

function escapeUnit(unit: string): string {
  return SHORT_ESCAPES.get(unit) ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Python sorts by code point; UTF-16 order would put U+10000 and above before U+E000. */
function compareCodePoints(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i += 1) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return sortWeight(left) - sortWeight(right);
  }
  return a.length - b.length;
}

function sortWeight(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
