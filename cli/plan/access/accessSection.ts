import type { Grant } from "../../../aws/iam/decision";
import { counted } from "../../../records/amounts";
import { printable } from "../../reports/printable";
import { resourceTitle } from "../../reports/resourceTitle";
import type { Layout } from "../../reports/terminal";
import { wrap } from "../../reports/wrapText";
import { type AccessVerdict, deniedCalls, type UndecidedCalls } from "./accessVerdict";

/** The access checks of the delivery streams in a plan, as text for a person. */
export function accessSection(verdicts: readonly AccessVerdict[], layout: Layout): string[] {
  return verdicts.flatMap((verdict) => {
    const { name } = resourceTitle(verdict.deliveryStream);
    return [
      `${layout.colors.bold("Access")} of ${printable(name)}`,
      ...summary(verdict, layout),
      ...details(verdict, layout),
      "",
    ];
  });
}

/** A last line if IAM would deny calls, otherwise none. */
export function accessConclusion(
  verdicts: readonly AccessVerdict[],
  { columns, colors }: Omit<Layout, "redact">,
): string[] {
  const denied = deniedCalls(verdicts);
  if (denied === 0) return [];
  const text = `IAM would deny ${counted(denied, "call")} of Firehose: see Access`;
  return wrap(text, columns).map(colors.red);
}

function summary(verdict: AccessVerdict, layout: Layout): string[] {
  const { colors } = layout;
  const { calls, allowed, denied, undecided, unused } = verdict;
  const [only] = undecided;
  if (only && isUndecidedAsAWhole(verdict))
    return lines(`Undecided: ${only.reason}.`, 2, layout).map(colors.cyan);
  const color = denied.length > 0 ? colors.red : isExact(verdict) ? colors.green : colors.yellow;
  const grants = allowed.length === calls.length ? `; ${grantCounts(unused)}` : "";
  const allows = `IAM allows ${allowed.length} of ${counted(calls.length, "call")}`;
  return lines(`${allows}${grants}.`, 2, layout).map(color);
}

/** The summary states the only reason, and nothing else is known. */
function isUndecidedAsAWhole({ undecided, allowed, denied }: AccessVerdict): boolean {
  return undecided.length === 1 && allowed.length + denied.length === 0;
}

/** Every call is allowed, and every grant is needed or documented. */
function isExact({ denied, undecided, unused }: AccessVerdict): boolean {
  return denied.length + undecided.length + unused.tooMuch.length === 0;
}

function grantCounts({ documented, tooMuch }: AccessVerdict["unused"]): string {
  if (tooMuch.length > 0) return counted(tooMuch.length, "unnecessary grant");
  const exception =
    documented.length === 0 ? "" : ` except ${documented.length} that AWS documents`;
  return `no unused grants${exception}`;
}

function details(verdict: AccessVerdict, layout: Layout): string[] {
  const { denied, undecided, unused, assumptions } = verdict;
  const { red, yellow, cyan, dim } = layout.colors;
  const reasons = isUndecidedAsAWhole(verdict) ? [] : undecided.map(undecidedText);
  return [
    ...titled(
      red("Denied"),
      denied.map(({ message }) => message),
      layout,
    ),
    ...titled(yellow("Unnecessary grants"), unused.tooMuch.map(grantText), layout),
    ...titled(cyan("Undecided"), reasons, layout),
    ...titled(dim("Assumed"), assumptions, layout),
  ];
}

/** A grant on one line. */
export function grantText({ policy, statement, action, resource }: Grant): string {
  return `${policy}, ${statement}: ${action} on ${resource}`;
}

/** A reason with the calls that it is about. */
export function undecidedText({ reason, calls }: UndecidedCalls): string {
  return calls.length === 0 ? reason : `${reason}: ${calls.join(", ")}`;
}

function titled(title: string, entries: readonly string[], layout: Layout): string[] {
  return entries.length === 0
    ? []
    : [`  ${title}`, ...entries.flatMap((entry) => lines(entry, 4, layout))];
}

/** Text wrapped to the width; continuation lines are indented further. */
function lines(text: string, indent: number, { columns, redact }: Layout): string[] {
  const margin = " ".repeat(indent);
  const shown = printable(redact(text));
  if (indent + shown.length <= columns) return [margin + shown];
  return wrap(shown, columns - indent - 2).map(
    (line, index) => `${margin}${index === 0 ? "" : "  "}${line}`,
  );
}
