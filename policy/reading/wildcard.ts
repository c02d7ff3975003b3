/**
 * Whether an IAM pattern matches a string: `*` matches any characters, `?` exactly one. Without
 * regular expressions, which take exponential time for some of the patterns that a program can have.
 */
export function matchesPattern(pattern: string, value: string): boolean {
  return matches(pattern, value, () => true);
}

/**
 * Whether an IAM pattern matches every string that another pattern matches. False for a few that do
 * in a roundabout way, such as `?*` and `*?`.
 */
export function coversPattern(pattern: string, other: string): boolean {
  return matches(pattern, other, (character) => character !== "*");
}

/**
 * Whether a string can match both of two IAM patterns. True for a few that have no string in common,
 * such as `*a` and `*b`.
 */
export function mayOverlap(pattern: string, other: string): boolean {
  if (!hasWildcard(pattern)) return matchesPattern(other, pattern);
  if (!hasWildcard(other)) return matchesPattern(pattern, other);
  const [start, otherStart] = [literalStart(pattern), literalStart(other)];
  return start.startsWith(otherStart) || otherStart.startsWith(start);
}

/** Whether there is a string that two IAM patterns both match. Exact, and slower than `mayOverlap`. */
export function patternsMeet(one: string, other: string): boolean {
  if (!hasWildcard(one)) return matchesPattern(other, one);
  if (!hasWildcard(other)) return matchesPattern(one, other);
  // reached[j]: the part of `one` so far and the first j characters of `other` have a string in common.
  let reached = [true];
  for (let at = 0; at < other.length; at++) reached.push(reached[at] === true && other[at] === "*");
  for (const character of one) {
    const next = [character === "*" && reached[0] === true];
    for (let at = 0; at < other.length; at++) {
      const isStar = character === "*" || other[at] === "*";
      const isSame = character === "?" || other[at] === "?" || character === other[at];
      const before = reached[at] === true;
      const skips = reached[at + 1] === true || next[at] === true;
      next.push(isStar ? before || skips : before && isSame);
    }
    reached = next;
  }
  return reached.at(-1) === true;
}

function literalStart(pattern: string): string {
  return /^[^*?]*/.exec(pattern)?.[0] ?? "";
}

/** @param isOne whether `?` matches a character of the value */
function matches(pattern: string, value: string, isOne: (character?: string) => boolean): boolean {
  let inPattern = 0;
  let inValue = 0;
  let star = -1;
  let starMatchedUpTo = 0;
  while (inValue < value.length) {
    const character = pattern[inPattern];
    if (character === "*") {
      star = inPattern++;
      starMatchedUpTo = inValue;
    } else if (character === "?" ? isOne(value[inValue]) : character === value[inValue]) {
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
