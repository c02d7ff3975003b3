/**
 * IAM's pattern for all keys that begin with a prefix. It escapes IAM's special characters, which S3
 * allows in keys: a `*` in the prefix must not give access to other prefixes. IAM documents can only
 * contain characters of Latin-1, so a wildcard replaces all that are not ASCII.
 *
 * Source: IAM User Guide, "IAM policy elements: Variables and tags", on special characters; IAM API,
 * PutRolePolicy, pattern of `PolicyDocument`.
 */
export function keyPattern(prefix: string): string {
  const escaped = prefix.replace(/[*?$]/g, (special) => `\${${special}}`);
  return `${escaped}*`.replace(/[^ -~]+\*?/g, "*");
}

/** Longer beginnings of keys are shortened, so that the policies of a role stay within IAM's limits. */
const longestBeginning = 128;

/**
 * ARN patterns of all objects whose keys have one of the beginnings, each covered once; of the whole
 * bucket if one of them is empty.
 */
export function objectArns(
  bucketArn: string,
  beginnings: readonly string[],
): string | readonly string[] {
  const short = [...new Set(beginnings.map((one) => one.slice(0, longestBeginning)))];
  const widest = short.filter(
    (one) => !short.some((other) => other !== one && one.startsWith(other)),
  );
  const [only = "", ...others] = widest.map((one) => `${bucketArn}/${keyPattern(one)}`);
  return others.length === 0 ? only : [only, ...others];
}

/** The beginnings of the keys in a bucket that only the pipeline uses. */
export const wholeBucket: readonly string[] = [""];
