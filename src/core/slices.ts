/**
 * Long work in short pieces, for functions that do nothing but reckon: it yields often, and whoever runs it may do something
 * else in between.
 */
export type Slices<T> = Generator<void, T>;

/** The result at once, for those who have nothing else to do. */
export function whole<T>(slices: Slices<T>): T {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
  }
}
