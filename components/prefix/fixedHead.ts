/** The part of a prefix that is the same for every object: all before its first expression. */
export function fixedHead(prefix: string): string {
  return prefix.split("!{", 1)[0] ?? prefix;
}
