import { type Properties, type ResourceGraph, Secret, valuesIn } from "./resourceGraph";

/** Replaces secrets in text that a person will read or a log will contain. */
export type Redact = (text: string) => string;

/**
 * In characters. As in the Pulumi CLI, shorter secrets stay: replacing every "1" would hide the
 * text, not the secret.
 */
const SHORTEST = 3;

/**
 * Redacts every secret of a graph, also inside other text: a rule or a program can put a secret
 * into a message, where it is no longer marked.
 */
export function redactorOf(graph: ResourceGraph): Redact {
  const secrets = new Set<string>();
  const { outputs, resources } = graph;
  const everything = [outputs, ...resources.flatMap(({ inputs, outputs }) => [inputs, outputs])];
  for (const value of valuesIn(everything)) {
    if (!(value instanceof Secret)) continue;
    for (const part of valuesIn(value.reveal())) {
      if (typeof part !== "string" && typeof part !== "number") continue;
      // As it is, and as it appears in a JSON document.
      secrets.add(String(part)).add(JSON.stringify(String(part)).slice(1, -1));
    }
  }
  for (const text of openDocuments(graph))
    for (const form of [text, JSON.stringify(text).slice(1, -1)]) secrets.delete(form);
  // Longest first, so that a secret that contains another one is replaced as a whole.
  const hidden = [...secrets]
    .filter((text) => text.length >= SHORTEST)
    .sort((one, other) => other.length - one.length)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  if (hidden.length === 0) return (text) => text;
  const anySecret = new RegExp(hidden.join("|"), "g");
  return (text) => text.replace(anySecret, "[secret]");
}

/**
 * The outputs of the stack, with the documents that it marks as secret only so that `pulumi up` does
 * not print them.
 */
export function shownOutputs(graph: ResourceGraph): Properties {
  const open = openDocuments(graph);
  return Object.fromEntries(
    Object.entries(graph.outputs).map(([name, value]) => {
      const text = value instanceof Secret ? value.reveal() : value;
      return [name, typeof text === "string" && open.has(text) ? text : value];
    }),
  );
}

/**
 * Strings that the stack marks as secret, although the state shows them: a component has them among its
 * outputs, not as a secret.
 */
function openDocuments({ outputs, resources }: ResourceGraph): ReadonlySet<string> {
  const components = resources.filter(({ custom }) => !custom);
  const plain = new Set(components.flatMap((component) => Object.values(component.outputs)));
  return new Set(
    Object.values(outputs).flatMap((value) => {
      const text = value instanceof Secret ? value.reveal() : undefined;
      return typeof text === "string" && plain.has(text) ? [text] : [];
    }),
  );
}
