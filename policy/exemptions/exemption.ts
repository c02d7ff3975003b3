import { matchesPattern } from "../reading/wildcard";

/** One rule's violations on some resources that are accepted for a time. */
export interface Exemption {
  /** Name of the rule. */
  readonly policy: string;
  /** URN or name of the resource; `*` stands for any characters. */
  readonly resource: string;
  /** Name of the stack; `*` stands for any characters. Default: every stack. */
  readonly stack?: string;
  /** Why the violations are accepted. */
  readonly reason: string;
  /** Who answers for that. */
  readonly owner: string;
  /** The last day on which it is in force, in UTC: `2026-12-31`. */
  readonly expires: string;
}

/** What an exemption file holds: entries in good order, and what is wrong with the others. */
export interface ExemptionList {
  readonly exemptions: readonly Exemption[];
  /** Whole sentences, one for the file or for each bad entry. */
  readonly problems: readonly string[];
}

export const noExemptions: ExemptionList = { exemptions: [], problems: [] };

export function isMeantFor({ stack = "*" }: Exemption, urn: string): boolean {
  return matchesPattern(stack, stackOf(urn));
}

/** Whether an exemption names a resource, for the stack that the resource is in. */
export function covers(exemption: Exemption, urn: string): boolean {
  const { resource } = exemption;
  const isNamed = matchesPattern(resource, nameOf(urn)) || matchesPattern(resource, urn);
  return isNamed && isMeantFor(exemption, urn);
}

/** For the start of a sentence. */
export function titleOf({ policy, resource, stack }: Exemption): string {
  const where = stack === undefined ? "" : ` in stack "${stack}"`;
  return `The exemption from ${policy} for "${resource}"${where}`;
}

// urn:pulumi:<stack>::<project>::<type>::<name>, of which only the name may have "::" in it.

function stackOf(urn: string): string {
  const [head = ""] = urn.split("::");
  return head.replace(/^urn:pulumi:/, "");
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
