/** A name in SQL, quoted. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A string in SQL. */
export function sqlString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * A name that is not among the others, whatever their case: with a number if it must.
 *
 * @param taken in lowercase
 */
export function unusedName(name: string, taken: ReadonlySet<string>): string {
  let unused = name;
  for (let number = 2; taken.has(unused.toLowerCase()); number += 1) unused = `${name}_${number}`;
  return unused;
}
