/** A value, or the promise of one: what can be known at once is never waited for. */
export type Awaitable<T> = T | Promise<T>;

/** Goes on with a value: at once when it is there, later when it is promised. */
export function andThen<T, U>(value: Awaitable<T>, next: (value: T) => Awaitable<U>): Awaitable<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
