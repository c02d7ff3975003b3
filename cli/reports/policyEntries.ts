import type { Undecided, Violation } from "../../engine/policy/policyReport";
import type { Colors } from "../stdoutColors";
import { isBlocking } from "./findings";
import { urnTitle } from "./resourceTitle";
import { wrap } from "./wrapText";

/** What a policy says of a resource, under its title, with an empty line after it. */
export function policyEntry(
  { title, urn, text }: { readonly title: string; readonly urn: string; readonly text: string },
  columns: number,
): string[] {
  return [
    `  ${title}`,
    `    ${urnTitle(urn)}`,
    ...wrap(text, columns - 4).map((line) => `    ${line}`),
    "",
  ];
}

export function violationTitle(
  { policy, level, severity }: Omit<Violation, "message">,
  colors: Colors,
): string {
  const paint = isBlocking({ level }) ? colors.red : colors.yellow;
  const weight = severity === "unspecified" ? "" : severity;
  return `${paint([level, weight].join(" ").trim())}  ${colors.bold(policy)}`;
}

export function undecidedTitle({ policy }: Undecided, colors: Colors): string {
  return `${colors.cyan("undecided")}  ${colors.bold(policy)}`;
}
