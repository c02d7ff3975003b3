import type { Rule } from "./rule";

/**
 * Where `docs/rules` of this repository is published. The repository has no public address yet, and the
 * domain is reserved (RFC 2606), so that its links lead to nobody else. The environment variable
 * `STREAMLAKE_RULE_PAGES` replaces it, for those who publish the pages at another address.
 */
const RULE_PAGES = "https://streamlake.example/docs/rules";

/** A rule of this package, whose `url` is its own page. That page links the page of AWS. */
export function withPage<R extends Rule>(rule: R): R {
  const base = process.env["STREAMLAKE_RULE_PAGES"] ?? RULE_PAGES;
  return { ...rule, url: `${base.replace(/\/$/u, "")}/${rule.name}.md` };
}
