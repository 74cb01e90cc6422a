/** What a map holds for a key; what it does not hold is made, and kept. */
export function keptIn<Key, Value extends NonNullable<unknown>>(
  map: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown },
  key: Key,
  make: () => Value,
): Value {
  const kept = map.get(key) ?? make();
  map.set(key, kept);
  return kept;
}
