/** What something is in one stack and in the other; null where it is not. */
export interface Difference<Value = string> {
  readonly here: Value | null;
  readonly there: Value | null;
}
