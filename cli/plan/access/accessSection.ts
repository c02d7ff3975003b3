import type { Grant } from "../../../aws/iam/decision";
import { counted } from "../../reports/amounts";
import type { Layout } from "../../reports/terminal";
import { resourceTitle } from "../../reports/resourceTitle";
import { wrap } from "../../reports/wrapText";
import { type AccessVerdict, deniedCalls, type UndecidedCalls } from "./accessVerdict";

/** What IAM would say to the delivery streams of a plan, as text for a person. */
export function accessSection(verdicts: readonly AccessVerdict[], layout: Layout): string[] {
  return verdicts.flatMap((verdict) => {
    const { name } = resourceTitle(verdict.deliveryStream);
    return [
      `${layout.colors.bold("Access")} of ${name}`,
      ...summary(verdict, layout),
      ...details(verdict, layout),
      "",
    ];
  });
}

/** A last line when the plan cannot work; nothing else needs one. */
export function accessConclusion(
  verdicts: readonly AccessVerdict[],
  { columns, colors }: Omit<Layout, "redact">,
): string[] {
  const denied = deniedCalls(verdicts);
  if (denied === 0) return [];
  const text = `${counted(denied, "call")} of Firehose would be denied: see Access`;
  return wrap(text, columns).map(colors.red);
}

function summary(verdict: AccessVerdict, layout: Layout): string[] {
  const { colors } = layout;
  const { calls, allowed, denied, undecided, unused } = verdict;
  const [only] = undecided;
  if (only && undecided.length === 1 && allowed.length + denied.length === 0)
    return lines(`Undecided: ${only.reason}.`, 2, layout).map(colors.cyan);
  const complete = allowed.length === calls.length;
  const may = complete
    ? `its ${counted(calls.length, "call")}`
    : `${allowed.length} of its ${counted(calls.length, "call")}`;
  const paint = denied.length > 0 ? colors.red : isRight(verdict) ? colors.green : colors.yellow;
  const grants = complete ? `; ${grantsText(unused)}` : "";
  return lines(`Firehose may make ${may}${grants}.`, 2, layout).map(paint);
}

function isRight({ denied, undecided, unused }: AccessVerdict): boolean {
  return denied.length + undecided.length + unused.tooMuch.length === 0;
}

function grantsText({ documented, tooMuch }: AccessVerdict["unused"]): string {
  if (tooMuch.length > 0) return `${counted(tooMuch.length, "grant")} too much`;
  const but = documented.length === 0 ? "" : ` but ${documented.length} that AWS documents`;
  return `no grant goes unused${but}`;
}

function details(verdict: AccessVerdict, layout: Layout): string[] {
  const { denied, undecided, unused, assumptions, allowed } = verdict;
  const { red, yellow, cyan, dim } = layout.colors;
  const told = undecided.length === 1 && allowed.length + denied.length === 0;
  return [
    ...titled(
      red("Denied"),
      denied.map(({ message }) => message),
      layout,
    ),
    ...titled(yellow("Granted and never needed"), unused.tooMuch.map(grantText), layout),
    ...titled(cyan("Undecided"), told ? [] : undecided.map(undecidedText), layout),
    ...titled(dim("Assumed"), assumptions, layout),
  ];
}

function grantText({ policy, statement, action, resource }: Grant): string {
  return `${policy}, ${statement}: ${action} on ${resource}`;
}

function undecidedText({ reason, calls }: UndecidedCalls): string {
  return calls.length === 0 ? reason : `${reason}: ${calls.join(", ")}`;
}

function titled(title: string, texts: readonly string[], layout: Layout): string[] {
  return texts.length === 0
    ? []
    : [`  ${title}`, ...texts.flatMap((text) => lines(text, 4, layout))];
}

/** A text on lines that fit; what does not fit on the first is set deeper. */
function lines(text: string, indent: number, { columns, redact }: Layout): string[] {
  const margin = " ".repeat(indent);
  const shown = redact(text);
  if (indent + shown.length <= columns) return [margin + shown];
  return wrap(shown, columns - indent - 2).map(
    (line, index) => `${margin}${index === 0 ? "" : "  "}${line}`,
  );
}
