/**
 * Whether Firehose accepts the pattern of `!{timestamp:pattern}`: that of Java's
 * `java.time.format.DateTimeFormatter`, which limits the letters and how often each is repeated.
 * Text in single quotes is literal, `[ ]` enclose an optional section.
 */
export function isTimestampPattern(pattern: string): boolean {
  // A space keeps the fields around a literal apart.
  const bare = pattern.replace(/'(?:[^']|'')*'/g, " ");
  if (/['{}#]/.test(bare) || !isBracketed(bare)) return false;
  return [...bare.matchAll(/([A-Za-z])\1*/g)].every(({ 0: field, index }) => {
    if (field.startsWith("p") && !/[A-Za-z]/.test(bare.charAt(index + field.length))) return false;
    return fields.some((one) => one.test(field));
  });
}

/** A section may stay open. */
function isBracketed(pattern: string): boolean {
  let open = 0;
  return Array.from(pattern).every((character) => {
    if (character === "[") open += 1;
    if (character === "]") open -= 1;
    return open >= 0;
  });
}

/** Every field: letters that can be repeated equally often. The letter p pads the next field. */
const fields = [
  /^p{1,512}$/,
  /^[uyYAnN]{1,19}$/,
  /^S{1,9}$/,
  /^[MLQqEeGZXx]{1,5}$/,
  /^z{1,4}$/,
  /^c(c{2,4})?$/,
  /^D{1,3}$/,
  /^[dHhKkmsw]{1,2}$/,
  /^[aFW]$/,
  /^VV$/,
  /^O(O{3})?$/,
];
