/**
 * A value that may be there already. Code that is called for every page of a stream tests for the
 * promise before it awaits, since each `await` takes a turn of the promise queue, even for a value.
 */
export type Awaitable<T> = T | Promise<T>;
