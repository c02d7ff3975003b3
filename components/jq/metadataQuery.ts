/**
 * The query of a MetadataExtraction processor, whose result is an object with the partition keys.
 *
 * @param keys jq expressions by the names of the keys
 */
export function metadataQuery(keys: Readonly<Record<string, string>>): string {
  const members = Object.entries(keys).map(
    ([key, expression]) => `${key}:${memberValue(expression)}`,
  );
  return `{${members.join(",")}}`;
}

/** In parentheses unless it is a path. A line break ends a comment. */
function memberValue(expression: string): string {
  if (/^(?:\.[A-Za-z_]\w*)+$/u.test(expression)) return expression;
  return expression.includes("#") ? `(${expression}\n)` : `(${expression})`;
}
