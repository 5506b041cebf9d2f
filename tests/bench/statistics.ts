/** The value below which `percent` of the values lie, or the nearest one above (nearest rank); NaN of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** The middle value; of an even number of them, the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  return (
    (percentile(values, 50) -
      percentile(
        values.map((value) => -value),
        50,
      )) /
    2
  );
}
