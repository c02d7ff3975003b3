/** A value of a result, as JSON has it. */
export type QueryValue =
  | null
  | boolean
  | number
  | string
  | ExactNumber
  | readonly QueryValue[]
  | { readonly [name: string]: QueryValue };

/** A number with all its digits. In JSON it is a number if readers get the same value, otherwise a string. */
export class ExactNumber {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }

  toJSON(): number | string {
    const value = Number(this.text);
    if (Number.isSafeInteger(value) && /^-?\d+$/.test(this.text)) return value;
    const digits = this.text.replace(/^-?0*\.?0*|\./g, "");
    // A double holds each decimal number of 15 digits.
    return /^-?\d*\.\d+$/.test(this.text) && digits.length <= 15 ? value : this.text;
  }
}

/** A value in a table or in CSV; a nested one as JSON. Undefined for NULL. */
export function valueText(value: QueryValue): string | undefined {
  if (value === null) return undefined;
  if (typeof value !== "object" || value instanceof ExactNumber) return String(value);
  return JSON.stringify(value);
}

/** The result of a query, which is read while the database makes it. */
export interface QueryResult {
  readonly columns: readonly QueryColumn[];
  /** Ends with an error if the query fails while it runs. */
  readonly rows: AsyncIterable<readonly QueryValue[]>;
}

export interface QueryColumn {
  /** Each is different. */
  readonly name: string;
  readonly isNumber: boolean;
}

/** Gives equal names of columns a number. */
export function distinctNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let distinct = name;
    for (let number = 2; taken.has(distinct); number += 1) distinct = `${name}_${number}`;
    taken.add(distinct);
    return distinct;
  });
}

/** The SQL of a query has a mistake, or cannot be run on these data. */
export class QueryError extends Error {}
