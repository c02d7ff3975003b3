import { counted } from "../../../records/amounts";
import { shortType } from "../../reports/resourceTitle";
import { settingText } from "../settings/reportedSettings";
import type { PlanDifference, ResourceChange } from "./planDifference";

/** What one property was and is, e.g. `24 -> 168`. */
export interface ShownPair {
  readonly before: string | null;
  readonly after: string | null;
}

/** What a plan is compared with, e.g. `main (0f1e2d3)`. */
export function baseTitle({ kind, name, commit }: PlanDifference["base"]): string {
  if (kind === "export") return `${name}, which is deployed`;
  return commit === undefined || commit.startsWith(name) ? name : `${name} (${commit.slice(0, 7)})`;
}

/** Values longer than this are documents: a report shows only that they differ. */
const LONGEST = 120;

/** The values of a property as a report shows them; `-` for none. */
export function pairValues({ before, after }: ShownPair): readonly [string, string] {
  const shown = [before ?? "-", after ?? "-"] as const;
  if (shown.every((value) => value.length <= LONGEST)) return shown;
  const brief = (value: string): string =>
    value.length > LONGEST ? `${value.length} characters` : value;
  return [brief(shown[0]), brief(shown[1])];
}

/** The effective value of a setting, and whether it is the default. */
export function settingPair({ before, after }: PlanDifference["settings"][number]): ShownPair {
  const text = (setting: typeof before): string | null => {
    if (setting === null) return null;
    return `${settingText(setting)}${setting.origin === "default" ? " (default)" : ""}`;
  };
  return { before: text(before), after: text(after) };
}

/** The changes of one kind, with the heading of their list. */
export interface ChangeGroup {
  readonly title: string;
  readonly kind: Kind;
  readonly changes: readonly ResourceChange[];
}

/** How a list shows a change. */
type Kind = ResourceChange["kind"] | "following";

const TITLES: readonly (readonly [Kind, string])[] = [
  ["replaced", "Replaced"],
  ["removed", "Removed"],
  ["changed", "Changed"],
  ["following", "Changed, because they refer to what is replaced or unknown"],
  ["added", "Added"],
];

function kindOf({ kind, isFollowing, isReplacementKnown, losses }: ResourceChange): Kind {
  return isFollowing && isReplacementKnown && losses.length === 0 ? "following" : kind;
}

/** What is lost comes first. */
export function changeGroups({ resources }: PlanDifference): readonly ChangeGroup[] {
  return TITLES.map(([kind, title]) => ({
    ...{ title, kind },
    changes: resources.filter((change) => kindOf(change) === kind),
  })).filter(({ changes }) => changes.length > 0);
}

/** What a reader must know about a change, in addition to its properties: label and sentences. */
export function changeFacts(change: ResourceChange): readonly (readonly [string, string])[] {
  const { kind, replacedBy, deletedFirst, formerUrn, isImported, losses, lost } = change;
  const removal = losses.find((loss) => loss.kind === "replacement" || loss.kind === "deletion");
  const others = losses.filter((loss) => loss !== removal);
  return [
    ...(kind === "replaced"
      ? [["Why", `AWS cannot update ${replacedBy.join(", ")}.`] as const]
      : []),
    ...(kind === "replaced" && deletedFirst
      ? [["Order", "The old one is deleted before the new one exists."] as const]
      : []),
    ...(removal !== undefined || lost !== undefined
      ? [["Lost", removal?.lost ?? lost ?? ""] as const]
      : []),
    ...(removal === undefined ? [] : [["Instead", removal.safeWay] as const]),
    ...others.flatMap((loss) => [
      ["Risk", `It ${loss.change}. ${loss.lost}`] as const,
      ["Instead", loss.safeWay] as const,
    ]),
    ...(change.isProtected
      ? [["Fails", "The resource is protected, so the update fails."] as const]
      : []),
    ...(kind === "changed" && !change.isReplacementKnown
      ? [["Unknown", "Whether AWS can update it, or replaces it."] as const]
      : []),
    ...(formerUrn === undefined ? [] : [["Alias", `It was ${formerUrn}.`] as const]),
    ...(isImported ? [["Import", "It exists already, and is imported."] as const] : []),
  ];
}

/** Whether a change needs more than its name: it has properties, or something can be lost. */
export function isDetailed(change: ResourceChange): boolean {
  if (kindOf(change) === "following") return false;
  return change.properties.length > 0 || changeFacts(change).length > 0;
}

/** Names of resources below their type, e.g. `aws:s3:Bucket  lake, logs`. */
export function byType(changes: readonly ResourceChange[]): readonly (readonly [string, string])[] {
  const types = [...new Set(changes.map(({ type }) => type))];
  return types.map((type) => [
    shortType(type),
    changes
      .filter((change) => change.type === type)
      .map(({ name }) => name)
      .join(", "),
  ]);
}

const KINDS: readonly ResourceChange["kind"][] = ["replaced", "removed", "changed", "added"];

/** The counts of all differences, e.g. `1 replaced, 2 changed; 1 new finding`; empty if there are none. */
export function differenceCounts(difference: PlanDifference): string {
  const { settings, grants, access, policies } = difference;
  const count = (number: number, what: string): string[] =>
    number === 0 ? [] : [counted(number, what)];
  const groups = KINDS.map((kind) => ({
    kind,
    changes: difference.resources.filter((change) => change.kind === kind),
  }))
    .filter(({ changes }) => changes.length > 0)
    .map(({ kind, changes }) => `${changes.length} ${kind}`);
  const others = [
    ...count(settings.length, "setting"),
    ...count(grants.filter(({ change }) => change === "added").length, "added grant"),
    ...count(grants.filter(({ change }) => change === "removed").length, "removed grant"),
    ...count(access.added.length, "new access result"),
    ...count(policies.added.length, "new finding"),
    ...count(policies.fixed.length, "fixed finding"),
  ];
  const resources = groups.length === 0 ? [] : [`Resources: ${groups.join(", ")}`];
  return [...resources, ...(others.length === 0 ? [] : [others.join(", ")])].join("; ");
}
