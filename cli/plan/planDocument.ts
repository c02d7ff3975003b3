import { redactorOf } from "../../engine/graph/redaction";
import { type Gate, gateDocument, gateOf } from "../reports/gate";
import { jsonText } from "../reports/printable";
import type { PlanWithAccess } from "./access/planWithAccess";
import { otherOutputs, reportedSettings } from "./settings/reportedSettings";

/** A plan as one JSON document, with `[secret]` for secrets and `[unknown]` for unknown values. */
export function planDocument(plan: PlanWithAccess, gate: Gate = gateOf(plan)): string {
  const { graph, access } = plan;
  const { report } = gate;
  const redact = redactorOf(graph);
  const document = {
    stack: graph.stack,
    resources: graph.resources.map((resource) => ({
      urn: resource.urn,
      type: resource.type,
      name: resource.name,
      parent: resource.parent ?? null,
      custom: resource.custom,
      external: resource.external,
      dependencies: resource.dependencies,
      propertyDependencies: resource.propertyDependencies,
      inputs: resource.inputs,
      options: resource.options,
    })),
    settings: reportedSettings(graph).map(({ component, settings }) => ({
      component: component.urn,
      effectiveSettings: settings,
    })),
    outputs: otherOutputs(graph),
    notes: graph.notes ?? [],
    policyPack: report.pack ?? null,
    violations: report.violations,
    undecided: report.undecided,
    exemptions: report.exemptions,
    exempted: report.exempted,
    ...gateDocument(gate),
    access,
  };
  const text = jsonText(document, (_key, value) =>
    typeof value === "string" ? redact(value) : value,
  );
  return `${text}\n`;
}
