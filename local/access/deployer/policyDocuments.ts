import type { DeployerStatement } from "./deployerPermissions";

/** An IAM policy as AWS stores it. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly WrittenStatement[];
}

interface WrittenStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: DeployerStatement["condition"];
}

/** Characters of a managed policy, not counting white space. Source: "IAM and AWS STS quotas". */
export const MANAGED_POLICY_LIMIT = 6144;

/** The statements as few policies, each within the limit of a managed policy. */
export function policyDocuments(
  statements: readonly DeployerStatement[],
  limit = MANAGED_POLICY_LIMIT,
): readonly PolicyDocument[] {
  const written = statements.flatMap((statement) =>
    withinLimit(writtenStatement(statement), limit),
  );
  const documents: WrittenStatement[][] = [];
  for (const statement of written) {
    const fitting = documents.find((content) => sizeOf([...content, statement]) <= limit);
    if (fitting) fitting.push(statement);
    else documents.push([statement]);
  }
  return documents.map((Statement) => ({ Version: "2012-10-17", Statement }));
}

function writtenStatement(statement: DeployerStatement): WrittenStatement {
  const { sid, actions, resources, condition } = statement;
  const [first = "*"] = resources;
  return {
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: resources.length === 1 ? first : resources,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}

/** Halves a statement that is too large alone, by its resources or else by its actions. */
function withinLimit(statement: WrittenStatement, limit: number): readonly WrittenStatement[] {
  const { Sid, Action, Resource } = statement;
  if (sizeOf([statement]) <= limit) return [statement];
  const halves = Array.isArray(Resource)
    ? halvesOf(Resource as readonly string[]).map((half) => ({ ...statement, Resource: half }))
    : halvesOf(Action).map((half) => ({ ...statement, Action: half }));
  // One action on one resource cannot be divided.
  if (halves.length < 2) return [statement];
  return halves.flatMap((half, index) =>
    withinLimit({ ...half, Sid: `${Sid}Part${index + 1}` }, limit),
  );
}

function halvesOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)].filter((half) => half.length > 0);
}

function sizeOf(Statement: readonly WrittenStatement[]): number {
  return JSON.stringify({ Version: "2012-10-17", Statement }).replace(/\s/g, "").length;
}
