/**
 * Whether an IAM pattern matches a text: `*` is any run of characters, `?` exactly one. Linear in
 * practice and without regular expressions, because patterns come from whoever wrote the program.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  let inPattern = 0;
  let inText = 0;
  let star = -1;
  let starMatchedUpTo = 0;
  while (inText < text.length) {
    const character = pattern[inPattern];
    if (character === "*") {
      star = inPattern++;
      starMatchedUpTo = inText;
    } else if (character === "?" || (character !== undefined && character === text[inText])) {
      inPattern++;
      inText++;
    } else if (star >= 0) {
      inPattern = star + 1;
      inText = ++starMatchedUpTo;
    } else {
      return false;
    }
  }
  return hasOnlyStars(pattern.slice(inPattern));
}

/** Whether a pattern has no character of its own, such as `*`, `**` or `?*`. */
export function isOnlyWildcards(pattern: string): boolean {
  return /^[*?]+$/.test(pattern);
}

/** Whether a text has a wildcard in it. */
export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

function hasOnlyStars(pattern: string): boolean {
  return /^\**$/.test(pattern);
}
