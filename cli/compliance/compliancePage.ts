import { counted } from "../../records/amounts";
import { escapedHtml, visibleHtml } from "../reports/htmlText";
import { resourceTitle } from "../reports/resourceTitle";
import {
  type ComplianceReport,
  type ControlResult,
  type RequirementResult,
  type Status,
  STATUSES,
} from "./complianceReport";
import { byStatus, evidenceText, relatedControls, ruleFacts } from "./complianceText";
import type { RuleEvidence } from "./ruleEvidence";

/** A compliance report as one file that opens without a network, has no scripts, and can be printed. */
export function compliancePage(report: ComplianceReport): string {
  const { framework, scope, requirements, controls, disclaimer, sources } = report;
  const title = visibleHtml(`${framework.title} ${framework.version}`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}: ${visibleHtml(scope[0]?.value ?? "")}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<table class="facts">
${scope.map(({ name, value }) => row([["th", visibleHtml(name)], cell(visibleHtml(value))])).join("\n")}
</table>
<h2>Requirements</h2>
<ul class="counts" aria-label="Counts of ${counted(requirements.length, "requirement")}">
${counts(report)}
</ul>
<table class="requirements">
<thead><tr><th scope="col">Requirement</th><th scope="col">Status</th><th scope="col">Controls</th></tr></thead>
<tbody>
${byStatus(requirements)
  .flatMap(([, group]) => group.map(requirementRow))
  .join("\n")}
</tbody>
</table>
<h2>Controls and evidence</h2>
${byStatus(controls)
  .flatMap(([, group]) => group.map(controlSection))
  .join("\n")}
<h2>What this report is</h2>
${disclaimer.map((paragraph) => `<p>${visibleHtml(paragraph)}</p>`).join("\n")}
<p>Sources: ${sources.map((source) => link(source, visibleHtml(source))).join(", ")}</p>
</main>
</body>
</html>
`;
}

function counts({ counts: ofStatus }: ComplianceReport): string {
  return STATUSES.map((status) => `<li><b>${ofStatus[status]}</b> ${mark(status)}</li>`).join("\n");
}

function requirementRow(requirement: RequirementResult): string {
  const controls = visibleHtml(relatedControls(requirement).join("; "));
  return row([["th", visibleHtml(requirement.id)], cell(mark(requirement.status)), cell(controls)]);
}

function controlSection(control: ControlResult): string {
  const { id, title, page, status, reasons, limits, rules } = control;
  const notes = [...reasons, ...limits.map((limit) => `Limit: ${limit}`)];
  const items = notes.map((note) => `<li>${visibleHtml(note)}</li>`).join("");
  return `<section>
<h3>${link(page, visibleHtml(id))} ${visibleHtml(title)} ${mark(status)}</h3>
${items === "" ? "" : `<ul>${items}</ul>`}
${rules
  .filter(({ resources }) => resources.length > 0)
  .map(ruleTable)
  .join("\n")}
</section>`;
}

function ruleTable(rule: RuleEvidence): string {
  const rows = rule.resources.map((entry) => {
    const { name, type } = resourceTitle(entry.urn);
    return row([
      ["th", `<span title="${visibleHtml(entry.urn)}">${visibleHtml(name)}</span>`],
      cell(visibleHtml(type)),
      cell(mark(entry.status)),
      cell(visibleHtml(evidenceText(entry))),
    ]);
  });
  return `<table class="evidence">
<caption><code>${visibleHtml(rule.rule)}</code>: ${visibleHtml(ruleFacts(rule))}</caption>
<thead><tr><th scope="col">Resource</th><th scope="col">Type</th><th scope="col">Status</th><th scope="col">Evidence</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`;
}

type Cell = readonly ["th" | "td", string];

function cell(html: string): Cell {
  return ["td", html];
}

function row(cells: readonly Cell[]): string {
  const html = cells.map(([tag, content]) =>
    tag === "th" ? `<th scope="row">${content}</th>` : `<td>${content}</td>`,
  );
  return `<tr>${html.join("")}</tr>`;
}

/** The word is the information; the color only repeats it. */
function mark(status: Status): string {
  return `<span class="status ${status.replaceAll(" ", "-")}">${status}</span>`;
}

function link(page: string, html: string): string {
  return `<a href="${escapedHtml(page)}">${html}</a>`;
}

/** Light or dark, as the operating system is set; light on paper. */
const style = `
:root {
  color-scheme: light dark;
  --text: #24292f; --muted: #57606a; --background: #ffffff; --line: #d8dee4;
  --good: #1a7f37; --bad: #cf222e; --open: #9a5b00; --link: #0969da;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --text: #d5dce3; --muted: #9199a1; --background: #0d1117; --line: #30363d;
    --good: #3fb950; --bad: #ff7b72; --open: #e3a73f; --link: #58a6ff;
  }
}
body {
  margin: 0 auto; padding: 1rem; max-width: 72rem;
  color: var(--text); background: var(--background);
  font: 15px/1.45 system-ui, sans-serif; overflow-wrap: anywhere;
}
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
h1 { font-size: 1.5rem; margin: 0.5rem 0 1rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 0.75rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 0.5rem; }
p, ul { margin: 0.5rem 0; }
section > ul { color: var(--muted); padding-left: 1.25rem; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0; }
caption { text-align: left; color: var(--muted); padding: 0.25rem 0; overflow-wrap: anywhere; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.75rem 0.25rem 0; overflow-wrap: anywhere; }
th { font-weight: 600; }
thead th { color: var(--muted); }
tr { border-bottom: 1px solid var(--line); }
@media print, (min-width: 40rem) {
  .facts th { width: 9rem; }
  .evidence, .requirements { table-layout: fixed; }
  .requirements th:nth-child(1), .requirements th:nth-child(2) { width: 16%; }
  .evidence th:nth-child(1) { width: 22%; }
  .evidence th:nth-child(2) { width: 24%; }
  .evidence th:nth-child(3) { width: 12%; }
}
.counts { list-style: none; display: flex; flex-wrap: wrap; gap: 0.5rem; padding: 0; }
.counts li { border: 1px solid var(--line); border-radius: 6px; padding: 0.35rem 0.75rem; }
.status { white-space: nowrap; color: var(--muted); font-weight: 600; }
.status.passed { color: var(--good); }
.status.failed { color: var(--bad); }
.status.undecided, .status.not-checked, .status.exempt { color: var(--open); }
@media screen and (max-width: 40rem) {
  tr, th, td, caption { display: block; padding-right: 0; }
  thead { display: none; }
  tbody th, .facts th { padding-bottom: 0; }
  td { padding-top: 0; }
}
@page { margin: 15mm; }
@media print {
  :root { color-scheme: light; }
  body { padding: 0; max-width: none; font-size: 10pt; }
  a { color: inherit; }
  h2, h3, caption { break-after: avoid; }
  tr { break-inside: avoid; }
  thead { display: table-header-group; }
}
`;
