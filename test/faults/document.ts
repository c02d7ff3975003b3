import { unknown } from "../../policy/testing";
import type { WireProperties } from "../../policy/testing";

/** The property `policy` with its first statement changed. */
export function withDocument(
  props: WireProperties,
  change: (statement: Record<string, unknown>) => Record<string, unknown>,
): WireProperties {
  return withStatements(props, ([first, ...rest]) => [change(first), ...rest]);
}

/** The property `policy` with other statements. If it is unknown in a preview, it stays unknown. */
export function withStatements(
  props: WireProperties,
  change: (statements: [Record<string, unknown>]) => readonly unknown[],
): WireProperties {
  if (props["policy"] === unknown) return props;
  const document = JSON.parse(props["policy"] as string) as {
    Statement: [Record<string, unknown>];
  };
  return {
    ...props,
    policy: JSON.stringify({ ...document, Statement: change(document.Statement) }),
  };
}
