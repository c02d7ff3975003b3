import { matchesPattern } from "../reading/wildcard";

/** Accepts violations of one rule by some resources until a date. */
export interface Exemption {
  /** Name of the rule. */
  readonly policy: string;
  /** URN or name of the resource; `*` matches any characters. */
  readonly resource: string;
  /** Name of the stack; `*` stands for any characters. Default: every stack. */
  readonly stack?: string;
  /** Why the violations are accepted. */
  readonly reason: string;
  /** Who is responsible for the exemption. */
  readonly owner: string;
  /** The last day on which it is in effect, in UTC: `2026-12-31`. */
  readonly expires: string;
}

/** The content of an exemption file: its valid entries, and the problems of the others. */
export interface ExemptionList {
  readonly exemptions: readonly Exemption[];
  /** Full sentences: one for the file, or one for each invalid entry. */
  readonly problems: readonly string[];
}

export const noExemptions: ExemptionList = { exemptions: [], problems: [] };

/** Whether an exemption is for the stack of a resource. */
export function isForStackOf({ stack = "*" }: Exemption, urn: string): boolean {
  return matchesPattern(stack, stackOf(urn));
}

/** Whether an exemption names a resource and the stack of that resource. */
export function covers(exemption: Exemption, urn: string): boolean {
  const { resource } = exemption;
  const isNamed = matchesPattern(resource, nameOf(urn)) || matchesPattern(resource, urn);
  return isNamed && isForStackOf(exemption, urn);
}

/** The subject of a sentence about an exemption. */
export function titleOf({ policy, resource, stack }: Exemption): string {
  const where = stack === undefined ? "" : ` in stack "${stack}"`;
  return `The exemption from ${policy} for "${resource}"${where}`;
}

// urn:pulumi:<stack>::<project>::<type>::<name>; only the name may contain "::".

function stackOf(urn: string): string {
  const [head = ""] = urn.split("::");
  return head.replace(/^urn:pulumi:/, "");
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
