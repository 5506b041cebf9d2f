const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** Nothing that a person writes is nested deeper; the scan must not run out of stack. */
const DEEPEST = 100;

/**
 * The line (from 1) on which a text stops being JSON (RFC 8259), or null where it is JSON. Engines tell it for
 * some faults only, and each in its own words; a person who wrote a file by hand needs it for all.
 */
export function jsonFaultLine(text: string): number | null {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const sign = (wanted: string): boolean => {
    take(SPACE);
    if (text[at] !== wanted) return false;
    at += 1;
    return true;
  };
  // Each of these returns false at the first fault, and `at` is then where it is.
  const value = (depth: number): boolean => {
    if (depth > DEEPEST) return false;
    if (sign('{')) return members('}', () => member(depth + 1));
    if (sign('[')) return members(']', () => value(depth + 1));
    return take(STRING) || take(SCALAR);
  };
  const members = (close: string, one: () => boolean): boolean => {
    if (sign(close)) return true;
    do {
      if (!one()) return false;
    } while (sign(','));
    return sign(close);
  };
  const member = (depth: number): boolean => {
    take(SPACE);
    return take(STRING) && sign(':') && value(depth);
  };

  const whole = value(0);
  take(SPACE);
  if (whole && at === text.length) return null;
  return text.slice(0, at).split(/\r\n|\r|\n/).length;
}
