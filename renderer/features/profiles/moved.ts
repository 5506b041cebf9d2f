/** `ids` with `moving` taken out and put before or after `target`; unchanged where the target itself is moving. */
export function moved(
  ids: readonly string[],
  moving: readonly string[],
  target: string,
  after: boolean,
): string[] {
  if (moving.includes(target)) return [...ids];
  const others = ids.filter((id) => !moving.includes(id));
  const place = others.indexOf(target) + (after ? 1 : 0);
  return [...others.slice(0, place), ...moving, ...others.slice(place)];
}
