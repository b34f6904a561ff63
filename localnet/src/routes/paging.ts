/** A whole number of a query between bounds, or the default; null if it is something else. */
export function parseCount(
  text: string | undefined,
  bounds: { default: number; min: number; max: number },
): number | null {
  if (text === undefined) return bounds.default;
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < bounds.min) return null;
  return Math.min(count, bounds.max);
}
