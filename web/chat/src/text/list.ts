/** Array methods that the web views of older phones lack. */

export function lastOf<T>(items: readonly T[]): T | undefined {
  return items[items.length - 1];
}

/** Index of the last item that satisfies `test`, or -1. */
export function lastIndexWhere<T>(items: readonly T[], test: (item: T) => boolean): number {
  let at = items.length - 1;
  for (; at >= 0; at -= 1) {
    if (test(items[at] as T)) return at;
  }
  return at;
}
