/** A whole number within bounds, or nothing. */
export const whole = (value: number | undefined, min: number, max = Infinity) =>
  value === undefined || (Number.isInteger(value) && value >= min && value <= max);
/** A text of a shape and a length, or nothing. */
export const matches = (value: string | undefined, pattern: RegExp, longest: number) =>
  value === undefined || (pattern.test(value) && Array.from(value).length <= longest);
/** The refusal, unless all is fine. */
export const unless = (fine: boolean, refusal: string) => (fine ? [] : [refusal]);
