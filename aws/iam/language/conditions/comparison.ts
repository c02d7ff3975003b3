import type { Pattern } from "../wildcards";

/** How a condition operator compares one value of a request with one of a policy. */
export interface Comparison {
  /** What a value in a policy must be, e.g. "a number"; absent where it may be any text. */
  readonly wants?: { readonly what: string; readonly accepts: (value: string) => boolean };
  /** Whether policy variables may stand in the value. */
  readonly variables: boolean;
  /** False where a value in the request is not of the operator's type. */
  readonly matches: (actual: string, wanted: Pattern) => boolean;
}
