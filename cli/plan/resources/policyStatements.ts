import type { PropertyValue } from "../../../engine/graph/resourceGraph";
import { shownValue } from "./inputValue";
import type { Detail } from "./detail";

interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
}

/** Each statement of an IAM policy document by its name, and what it allows or denies. */
export function policyStatements(policy: PropertyValue): Detail[] {
  if (typeof policy !== "string") return [{ label: "", value: shownValue(policy) }];
  let document: { readonly Statement?: Statement | readonly Statement[] } | null;
  try {
    document = JSON.parse(policy) as typeof document;
  } catch {
    return [{ label: "", value: "not a policy document" }];
  }
  return [document?.Statement ?? []].flat().map((statement) => {
    const { Sid = "", Effect = "", Action, NotAction } = statement;
    const actions = [Action ?? NotAction ?? []].flat().join(", ");
    const scope = NotAction === undefined ? actions : `all but ${actions}`;
    return {
      label: Sid,
      value: `${Effect.toLowerCase()} ${scope}`.trim(),
      whole: JSON.stringify(statement),
    };
  });
}
