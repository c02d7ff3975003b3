import { isAbsolute, relative } from "node:path";
import { matchesPattern } from "../reading/wildcard";

/** Accepts violations of one rule by some resources until a date. */
export interface Exemption {
  /** Name of the rule. */
  readonly policy: string;
  /** URN or name of the resource; `*` matches any characters. */
  readonly resource: string;
  /** Name of the project; `*` matches any characters. Default: every project. */
  readonly project?: string;
  /** Name of the stack; `*` matches any characters. Default: every stack. */
  readonly stack?: string;
  /** Why the violations are accepted. */
  readonly reason: string;
  /** Who is responsible for the exemption. */
  readonly owner: string;
  /** Where the decision is recorded, e.g. `SEC-123` or the URL of a ticket. */
  readonly ticket?: string;
  /** The last day on which it is in effect, in UTC: `2026-12-31`. */
  readonly expires: string;
  /** The path of the file that contains it, or which policy config does. */
  readonly file?: string;
}

/** The content of exemption files: their valid entries, and the problems of the others. */
export interface ExemptionList {
  readonly exemptions: readonly Exemption[];
  /** Full sentences: one for each file that cannot be read, and one for each invalid entry. */
  readonly problems: readonly string[];
}

export const noExemptions: ExemptionList = { exemptions: [], problems: [] };

/**
 * Whether an exemption can be for a resource of a stack. A file can serve a whole organization: its
 * entries for other projects and stacks are not problems in this one.
 *
 * @param urn of any resource of the stack
 */
export function isForStackOf(exemption: Exemption, urn: string): boolean {
  const { project = "*", stack = "*" } = exemption;
  const parts = partsOf(urn);
  return (
    matchesPattern(stack, parts.stack) &&
    matchesPattern(project, parts.project) &&
    canNameResourceOf(exemption, parts)
  );
}

/** Whether the URN pattern of an exemption can match a URN of a stack. A name can be in any stack. */
function canNameResourceOf({ resource }: Exemption, { stack, project, start }: UrnParts): boolean {
  if (!resource.startsWith("urn:")) return true;
  const [head = "", ofProject, ...rest] = resource.split("::");
  // A type contains a colon, a project does not.
  return ofProject === undefined || rest.length === 0 || ofProject.includes(":")
    ? canMatchFrom(resource, start)
    : matchesPattern(head, `urn:pulumi:${stack}`) && matchesPattern(ofProject, project);
}

/** Whether an exemption names a resource and the stack of that resource. */
export function covers(exemption: Exemption, urn: string): boolean {
  const { resource } = exemption;
  const isNamed = matchesPattern(resource, partsOf(urn).name) || matchesPattern(resource, urn);
  return isNamed && isForStackOf(exemption, urn);
}

/** The subject of a sentence about an exemption. */
export function titleOf({ policy, resource, project, stack, file }: Exemption): string {
  const places = [
    ...(project === undefined ? [] : [` in project "${project}"`]),
    ...(stack === undefined ? [] : [` in stack "${stack}"`]),
    ...(file === undefined ? [] : [` (${shownFile(file)})`]),
  ];
  return `The exemption from ${policy} for "${resource}"${places.join("")}`;
}

/** The path as it is typed in the directory of the pack. */
export function shownFile(file: string): string {
  return isAbsolute(file) ? relative("", file) : file;
}

/** Whether a pattern can match a string that starts with `start`. */
function canMatchFrom(pattern: string, start: string): boolean {
  return Array.from(pattern, (_, index) => pattern.slice(0, index + 1)).some((head) =>
    matchesPattern(head, start),
  );
}

interface UrnParts {
  readonly stack: string;
  readonly project: string;
  readonly name: string;
  /** What all URNs of the stack start with. */
  readonly start: string;
}

/** Of urn:pulumi:<stack>::<project>::<type>::<name>; only the name may contain "::". */
function partsOf(urn: string): UrnParts {
  const [head = "", project = "", , ...name] = urn.split("::");
  return {
    stack: head.replace(/^urn:pulumi:/, ""),
    project,
    name: name.join("::"),
    start: `${head}::${project}::`,
  };
}
