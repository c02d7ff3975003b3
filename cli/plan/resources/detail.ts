/** One thing that matters of a resource, e.g. `retention` and `24 h`. */
export interface Detail {
  readonly label: string;
  readonly value: string;
  /** Tells two details with the same value apart, if the value is only a summary. */
  readonly whole?: string;
}
