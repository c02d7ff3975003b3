/** Metric math. */
export interface ZeroFilledSum {
  /** The metrics under the ids that the expression knows them by. */
  readonly queries: readonly { readonly id: string; readonly metric: string }[];
  readonly expression: string;
}

/**
 * Adds metrics up; a period without data counts as 0.
 *
 * @param prefix Begins the ids: lower-case letter first.
 */
export function zeroFilledSum(prefix: string, metrics: readonly string[]): ZeroFilledSum {
  const queries = metrics.map((metric, index) => ({ id: `${prefix}${index}`, metric }));
  return { queries, expression: queries.map(({ id }) => `FILL(${id}, 0)`).join(" + ") };
}
