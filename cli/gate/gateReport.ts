import type { Preview } from "../../engine/preview/readPreview";
import type { GateFinding } from "../../local/changes/gateFinding";
import type { PreviewVerdict } from "../../local/changes/evaluatePreview";
import { shellWord } from "../../records/shellWord";
import { counted } from "../../records/amounts";
import { groupedBy } from "../reports/groupedBy";
import { printable, printableLines } from "../reports/printable";
import { urnTitle } from "../reports/resourceTitle";
import type { Colors } from "../reports/terminal";
import { wrap, wrapAfter } from "../reports/wrapText";

/** A preview, and what stops it. */
export interface GateResult extends Preview, PreviewVerdict {
  /** Why findings are allowed. */
  readonly reason?: string;
}

interface GateStyle {
  /** What was read, e.g. `preview.json`. */
  readonly basis: string;
  /** As the command has it. */
  readonly file: string;
  readonly columns: number;
  readonly colors: Colors;
}

/** Whether the update may run. */
export function passes({ findings, errors }: PreviewVerdict): boolean {
  return findings.length === 0 && errors.length === 0;
}

/** The result for a person. */
export function gateReport(result: GateResult, style: GateStyle): string {
  const { project, stack, steps, findings, allowed, errors, unused, reason = "" } = result;
  const { basis, columns, colors } = style;
  const resources = new Set(steps.map(({ urn }) => urn)).size;
  return [
    `${stack === "" ? "" : `${colors.bold(printable(`${project}/${stack}`))}, `}${printable(basis)}: steps for ${counted(resources, "resource")}`,
    ...errors.flatMap(({ urn, message }) => [
      "",
      colors.red(urn === undefined ? "Error" : `Error of ${urnTitle(urn)}`),
      ...wrap(printableLines(message), columns - 2).map((line) => `  ${line}`),
    ]),
    ...resourceLines(findings, style),
    ...resourceLines(allowed, style, reason),
    ...unused.flatMap((urn) => [
      "",
      ...wrap(`--allow ${printable(urn)} is not needed: the preview loses nothing there.`, columns),
    ]),
    "",
    ...conclusion(result, style),
    "",
  ].join("\n");
}

/** @param allowedBecause why the findings are approved; undefined if they are not */
function resourceLines(
  findings: readonly GateFinding[],
  { columns, colors }: GateStyle,
  allowedBecause?: string,
): string[] {
  const color = allowedBecause === undefined ? colors.red : colors.yellow;
  return groupedBy(findings, ({ urn }) => urn).flatMap(([urn, ofResource]) => [
    "",
    color(urnTitle(urn)),
    ...ofResource.flatMap((finding) => findingLines(finding, columns, allowedBecause)),
  ]);
}

function findingLines(
  { change, reason, lost, safeWay }: GateFinding,
  columns: number,
  allowedBecause: string | undefined,
): string[] {
  const facts = [
    ...(reason === undefined ? [] : [["Why", reason]]),
    ["Lost", lost],
    allowedBecause === undefined ? ["Instead", safeWay] : ["Allowed", allowedBecause],
  ];
  return [
    ...wrap(printable(change), columns - 2).map((line) => `  ${line}`),
    ...facts.flatMap(([name = "", text = ""]) =>
      wrapAfter(`    ${name.padEnd(9)}`, printable(text), columns),
    ),
  ];
}

function conclusion(result: GateResult, { file, columns, colors }: GateStyle): string[] {
  const { stack, findings, allowed, errors } = result;
  if (passes(result)) {
    const rest =
      allowed.length === 0
        ? ""
        : ` without approval; ${counted(allowed.length, "loss", "losses")} allowed`;
    return [colors.green(`Passed: nothing would be lost${rest}.`)];
  }
  const urns = [...new Set(findings.map(({ urn }) => urn))];
  return [
    colors.red(`Failed: ${counts(findings.length, errors.length)}.`),
    ...(errors.length === 0
      ? []
      : wrap(
          "After an error, the preview may lack steps. Fix it, and create the preview again.",
          columns,
        )),
    ...(urns.length === 0
      ? []
      : [
          "To allow what is listed, after a review:",
          ...[
            `${file === "-" ? `pulumi preview --stack ${shellWord(stack)} --json | ` : ""}npx streamlake gate ${shellWord(file)} --reason 'TEXT'`,
            ...urns.map((urn) => `  --allow ${shellWord(printable(urn))}`),
          ].map((line, index, lines) => `  ${line}${index < lines.length - 1 ? " \\" : ""}`),
        ]),
  ];
}

function counts(findings: number, errors: number): string {
  return [
    ...(findings > 0
      ? [
          counted(
            findings,
            "change would lose data or a safeguard",
            "changes would lose data or safeguards",
          ),
        ]
      : []),
    ...(errors > 0 ? [`the preview reports ${counted(errors, "error")}`] : []),
  ].join(", and ");
}
