import type { Diagnosis } from "../../records/diagnose/diagnose";
import type { Gap } from "../../records/diagnose/evidence";
import type { Finding, Fix } from "../../records/diagnose/finding";
import { counted } from "../../records/amounts";
import { printable } from "../reports/printable";
import type { Colors } from "../reports/terminal";
import { fill, wrapAfter, wrapHard } from "../reports/wrapText";

/** 80, less the indent of a finding. */
const WIDTH = 80;
const INDENT = "   ";

/** Findings with evidence and fix; others are only named, so that the report stays a screen. */
const DETAILED = 3;

/** Lines of evidence of a finding. */
const EVIDENCE_LINES = 4;

/** The report of `diagnose`: causes, then what is fine, then what was not checked. */
export function diagnosisReport(title: string, diagnosis: Diagnosis, colors: Colors): string {
  const { findings, fine, notChecked } = diagnosis;
  const count =
    findings.length === 0
      ? colors.green("no cause found")
      : colors.red(`${counted(findings.length, "cause")} found`);
  const others = findings.slice(DETAILED);
  return [
    `${printable(title)}: ${count}`,
    ...findings
      .slice(0, DETAILED)
      .flatMap((finding, index) => ["", ...findingLines(finding, index + 1, colors)]),
    ...(others.length === 0 ? [] : ["", ...alsoLines(others)]),
    ...(fine.length === 0 ? [] : ["", ...wrapAfter("Fine: ", sentence(fine), WIDTH)]),
    ...notCheckedLines(notChecked),
  ].join("\n");
}

function sentence(parts: readonly string[]): string {
  return printable(parts.join("; "));
}

function findingLines(
  { title, evidence, fix }: Finding,
  number: number,
  colors: Colors,
): readonly string[] {
  const head = wrapAfter(`${number}. `, printable(title), WIDTH);
  const shown = evidence.flatMap((line) => wrapHard(printable(line), WIDTH - INDENT.length));
  const more = shown.length > EVIDENCE_LINES ? ["... (--json shows all)"] : [];
  return [
    ...head.map((line) => colors.bold(line)),
    ...[...shown.slice(0, EVIDENCE_LINES), ...more].map((line) => `${INDENT}${line}`),
    ...fix.flatMap((one) => fixLines(one, colors)),
  ];
}

/** A command continues on the next line as a shell reads it, so that it works when it is copied. */
function fixLines(fix: Fix, colors: Colors): readonly string[] {
  if ("step" in fix) {
    const [first = "", ...rest] = wrapAfter(`${INDENT}-> `, printable(fix.step), WIDTH);
    return [first, ...rest];
  }
  const indent = `${INDENT}   `;
  const words = printable(fix.command).match(/(?:'[^']*'|[^\s'])+/gu) ?? [];
  const lines = fill(words, WIDTH - indent.length - 4, " ");
  return lines.map((line, index) => {
    const isLast = index === lines.length - 1;
    return `${indent}${index === 0 ? "" : "  "}${colors.cyan(line)}${isLast ? "" : " \\"}`;
  });
}

function alsoLines(findings: readonly Finding[]): readonly string[] {
  return ["Also:", ...findings.flatMap(({ title }) => wrapAfter("- ", printable(title), WIDTH))];
}

function notCheckedLines(gaps: readonly Gap[]): readonly string[] {
  if (gaps.length === 0) return [];
  return [
    "",
    "Not checked:",
    ...gaps.flatMap(({ part, reason, permission }) => {
      const needed = permission === undefined ? "" : `; it needs ${permission}`;
      return wrapAfter("- ", printable(`${names[part]}: ${reason}${needed}`), WIDTH);
    }),
  ];
}

const names: Readonly<Record<Gap["part"], string>> = {
  access: "permissions",
  alarms: "alarms",
  bucket: "bucket",
  buffer: "buffer",
  deliveryStream: "delivery stream",
  errorLog: "error log",
  failedRecords: "failed records",
  failingCalls: "failing calls",
  keys: "keys",
  metrics: "metrics",
  run: "run",
  stream: "stream",
};
