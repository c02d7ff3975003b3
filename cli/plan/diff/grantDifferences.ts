import { isRecord } from "../../../engine/graph/jsonRecord";
import { type GraphResource, isGroup } from "../../../engine/graph/resourceGraph";
import { groupedBy } from "../../reports/groupedBy";
import { isHidden, parseObject } from "../resources/inputValue";
import { factsByType } from "../resources/resourceFacts";

/** What a policy document allows or denies, or no longer does. */
export interface GrantDifference {
  /** Of the resource with the document. */
  readonly urn: string;
  readonly change: "added" | "removed";
  /** E.g. `allow s3:GetObject, s3:PutObject on arn:aws:s3:::lake/*`. */
  readonly grant: string;
}

/**
 * The grants in the policy documents of a resource that only one version has.
 *
 * @param before undefined if the resource is new
 * @param after undefined if the resource is removed
 */
export function grantDifferences(
  before: GraphResource | undefined,
  after: GraphResource | undefined,
): readonly GrantDifference[] {
  const urn = after?.urn ?? before?.urn ?? "";
  // What is unknown, or a secret, is neither granted nor taken away.
  if ([before, after].some((resource) => isHidden(documentOf(resource)))) return [];
  const [was, is] = [grantsOf(before), grantsOf(after)];
  const only = (grants: Grants, others: Grants): string[] =>
    texts([...grants].filter(([key]) => !others.has(key)).map(([, grant]) => grant));
  return [
    ...only(is, was).map((grant) => ({ urn, change: "added" as const, grant })),
    ...only(was, is).map((grant) => ({ urn, change: "removed" as const, grant })),
  ];
}

/** One action on one resource for one principal. */
interface Grant {
  readonly action: string;
  /** What the action is on, who may do it, and under which condition. */
  readonly scope: string;
  readonly effect: string;
}

type Grants = ReadonlyMap<string, Grant>;

function documentOf(resource: GraphResource | undefined) {
  return resource && resource.inputs[factsByType[resource.type]?.document ?? ""];
}

function grantsOf(resource: GraphResource | undefined): Grants {
  const document = documentOf(resource);
  const content =
    typeof document === "string"
      ? parseObject(document)
      : document !== undefined && isGroup(document)
        ? (document as Readonly<Record<string, unknown>>)
        : undefined;
  const statements = [content?.["Statement"] ?? []].flat().filter(isRecord);
  const grants = statements.flatMap(grantsIn);
  return new Map(grants.map((grant) => [JSON.stringify(grant), grant]));
}

function grantsIn(statement: Readonly<Record<string, unknown>>): Grant[] {
  const { Effect, Condition } = statement;
  const effect = (typeof Effect === "string" ? Effect : "?").toLowerCase();
  const condition = Condition === undefined ? "" : ` if ${JSON.stringify(Condition)}`;
  const principals = entriesOf(statement, "Principal").map((who) => ` for ${who}`);
  return entriesOf(statement, "Action").flatMap((action) =>
    orNone(entriesOf(statement, "Resource")).flatMap((resource) =>
      orNone(principals).map((who) => ({
        ...{ effect, action },
        scope: `${resource === "" ? "" : ` on ${resource}`}${who}${condition}`,
      })),
    ),
  );
}

/** The entries of an element, or of its opposite, e.g. `NotAction`. */
function entriesOf(statement: Readonly<Record<string, unknown>>, element: string): string[] {
  const not = statement[`Not${element}`];
  if (not !== undefined) return flat(not).map((entry) => `all except ${entry}`);
  return flat(statement[element] ?? []);
}

/** Principals have a kind: `{ "Service": ["firehose.amazonaws.com"] }`. */
function flat(value: unknown): string[] {
  if (isRecord(value) && !Array.isArray(value)) return Object.values(value).flatMap(flat);
  return [value].flat().map((entry) => (typeof entry === "string" ? entry : JSON.stringify(entry)));
}

function orNone(entries: readonly string[]): readonly string[] {
  return entries.length === 0 ? [""] : entries;
}

/** Grants on the same scope as one text. */
function texts(grants: readonly Grant[]): string[] {
  const groups = groupedBy(grants, ({ effect, scope }) => JSON.stringify([effect, scope]));
  return groups.flatMap(([, group]) => {
    const actions = [...new Set(group.map(({ action }) => action))].join(", ");
    return group.slice(0, 1).map(({ effect, scope }) => `${effect} ${actions}${scope}`);
  });
}
