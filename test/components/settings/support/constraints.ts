/** Whether a number is whole and within bounds; true if it is absent. */
export const whole = (value: number | undefined, min: number, max = Infinity) =>
  value === undefined || (Number.isInteger(value) && value >= min && value <= max);
/** Whether a string has a pattern and at most a length; true if it is absent. */
export const matches = (value: string | undefined, pattern: RegExp, longest: number) =>
  value === undefined || (pattern.test(value) && Array.from(value).length <= longest);
/** The name of a constraint, unless it is met. */
export const unless = (isMet: boolean, constraint: string) => (isMet ? [] : [constraint]);
