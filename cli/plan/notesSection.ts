import type { GraphNote, NoteKind } from "../../engine/graph/resourceGraph";
import { groupedBy } from "../reports/groupedBy";
import { urnTitle } from "../reports/resourceTitle";
import type { Layout } from "../reports/terminal";
import { wrap } from "../reports/wrapText";

const TITLES: Readonly<Record<NoteKind, string>> = {
  "not evaluated": "Not evaluated",
  assumed: "Assumed",
  input: "Unknown inputs",
  "unused answer": "Unused answers",
};

/** What the resources of a plan do not show: parts that are missing, values that are made up. */
export function notesSection(
  notes: readonly GraphNote[],
  { columns, colors, redact }: Layout,
): string[] {
  if (notes.length === 0) return [];
  const kinds = Object.keys(TITLES) as readonly NoteKind[];
  const sections = kinds.flatMap((kind) => {
    const entries = groupedBy(
      notes.filter((note) => note.kind === kind),
      ({ subject }) => subject,
    );
    const lines = entries.flatMap(([subject, group]) => [
      `    ${subject.startsWith("urn:") ? urnTitle(subject) : subject}`,
      ...group.flatMap(({ message }) =>
        wrap(redact(message), columns - 6).map((line) => `      ${line}`),
      ),
    ]);
    return lines.length === 0 ? [] : [`  ${colors.cyan(TITLES[kind])}`, ...lines];
  });
  return [colors.bold("Notes"), ...sections, ""];
}
