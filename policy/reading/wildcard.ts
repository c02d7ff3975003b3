/**
 * Whether an IAM pattern matches a string: `*` matches any characters, `?` exactly one. Without
 * regular expressions, which take exponential time for some of the patterns that a program can have.
 */
export function matchesPattern(pattern: string, value: string): boolean {
  let inPattern = 0;
  let inValue = 0;
  let star = -1;
  let starMatchedUpTo = 0;
  while (inValue < value.length) {
    const character = pattern[inPattern];
    if (character === "*") {
      star = inPattern++;
      starMatchedUpTo = inValue;
    } else if (character === "?" || (character !== undefined && character === value[inValue])) {
      inPattern++;
      inValue++;
    } else if (star >= 0) {
      inPattern = star + 1;
      inValue = ++starMatchedUpTo;
    } else {
      return false;
    }
  }
  return hasOnlyStars(pattern.slice(inPattern));
}

/** Whether a pattern consists only of wildcards, such as `*`, `**` or `?*`. */
export function isOnlyWildcards(pattern: string): boolean {
  return /^[*?]+$/.test(pattern);
}

/** Whether a string contains a wildcard. */
export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

function hasOnlyStars(pattern: string): boolean {
  return /^\**$/.test(pattern);
}
