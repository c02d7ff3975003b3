import { code, inline, joined, linked, list, table } from "../reports/markdown/markup";
import { resourceTitle } from "../reports/resourceTitle";
import type { ComplianceReport, ControlResult } from "./complianceReport";
import {
  byStatus,
  evidenceText,
  relatedControls,
  requirementCounts,
  ruleFacts,
} from "./complianceText";

/** A compliance report in Markdown, with all evidence. */
export function complianceMarkdown(report: ComplianceReport): string {
  const { framework, scope, requirements, controls, disclaimer, sources } = report;
  const document = joined([
    [`# ${inline(`${framework.title} ${framework.version}`)}`],
    [inline(requirementCounts(report))],
    ["## Scope"],
    [
      table(
        ["fact", "value"],
        scope.map(({ name, value }) => [inline(name), inline(value)]),
        Infinity,
      ),
    ],
    ["## Requirements"],
    [
      table(
        ["requirement", "status", "controls"],
        byStatus(requirements).flatMap(([status, group]) =>
          group.map((requirement) => [
            inline(requirement.id),
            marked(status),
            inline(relatedControls(requirement).join("; ")),
          ]),
        ),
        Infinity,
      ),
    ],
    ["## Controls"],
    ...byStatus(controls).flatMap(([, group]) => group.flatMap(controlBlocks)),
    ["## What this report is"],
    ...disclaimer.map((paragraph) => [inline(paragraph)]),
    [
      list(
        sources.map((source) => linked(source, source)),
        Infinity,
      ),
    ],
  ]);
  return `${document}\n`;
}

function controlBlocks(control: ControlResult): string[][] {
  const { id, title, page, status, reasons, limits, rules } = control;
  return [
    [`### ${linked(id, page)} ${inline(title)}: ${marked(status)}`],
    [list([...reasons, ...limits.map((limit) => `Limit: ${limit}`)].map(inline), Infinity)],
    ...rules.flatMap((rule) => [
      ...(rule.resources.length === 0 ? [] : [[`${code(rule.rule)}: ${inline(ruleFacts(rule))}`]]),
      [
        table(
          ["resource", "type", "status", "evidence"],
          rule.resources.map((entry) => {
            const { name, type } = resourceTitle(entry.urn);
            return [inline(name), code(type), marked(entry.status), inline(evidenceText(entry))];
          }),
          Infinity,
        ),
      ],
    ]),
  ];
}

function marked(status: string): string {
  return status === "failed" ? `**${status}**` : status;
}
