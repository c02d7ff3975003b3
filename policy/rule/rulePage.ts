import type { Rule } from "./rule";

/**
 * The page of a rule of this package in `docs/rules`. The repository has no public address yet, and the
 * domain is reserved (RFC 2606), so that the address, which SARIF reports contain, leads to nobody else.
 */
export function pageOf({ name }: Pick<Rule, "name">): string {
  return pageIn("https://streamlake.example/docs/rules", name);
}

/**
 * A rule of this package, whose `url` is its own page where the environment variable `STREAMLAKE_RULE_PAGES`
 * names the address at which the pages are published. Without it, the `url` stays the page of AWS, which
 * readers of a report can open.
 */
export function withPage<R extends Rule>(rule: R): R {
  const published = process.env["STREAMLAKE_RULE_PAGES"] ?? "";
  return published === "" ? rule : { ...rule, url: pageIn(published, rule.name) };
}

function pageIn(directory: string, rule: string): string {
  return `${directory.replace(/\/$/u, "")}/${rule}.md`;
}
