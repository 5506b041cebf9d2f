// @ts-check

/**
 * The few lines a set-up writes, on stderr: stdout belongs to the command that comes after it.
 * @typedef {object} Say
 * @property {(line: string) => void} line
 * @property {(what: string) => (outcome: string) => void} start writes "what …" at once and the outcome with the time it took at the end of the same line
 */

/**
 * @param {{ write(text: string): unknown }} out
 * @param {() => number} nowMs
 * @returns {Say}
 */
export function createSay(out, nowMs) {
  let open = false;
  const line = (/** @type {string} */ text) => {
    if (open) out.write('\n');
    open = false;
    out.write(`${text}\n`);
  };
  const start = (/** @type {string} */ what) => {
    if (open) out.write('\n');
    out.write(`Setting up: ${what} … `);
    open = true;
    const startedMs = nowMs();
    return (/** @type {string} */ outcome) => {
      const tookText = `${outcome} (${duration(nowMs() - startedMs)})`;
      if (open) {
        open = false;
        out.write(`${tookText}\n`);
      } else {
        line(`Setting up: ${what}: ${tookText}`);
      }
    };
  };
  return { line, start };
}

/**
 * @param {number} ms
 * @returns {string} for people: tenths of a second below ten seconds, minutes above ninety
 */
export function duration(ms) {
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
