import { redactorOf } from "../../engine/graph/redaction";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import { printable } from "./printable";
import { urnTitle } from "./resourceTitle";

/** What a graph lacks or assumes, as lines to print before something is done with it. */
export function noteLines(graph: ResourceGraph): readonly string[] {
  const redact = redactorOf(graph);
  return (graph.notes ?? []).map(
    ({ subject, message }) => `note: ${urnTitle(subject)}: ${printable(redact(message))}`,
  );
}
