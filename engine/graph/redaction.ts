import { type ResourceGraph, Secret, valuesIn } from "./resourceGraph";

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
  // Longest first, so that a secret that contains another one is replaced as a whole.
  const hidden = [...secrets]
    .filter((text) => text.length >= SHORTEST)
    .sort((one, other) => other.length - one.length)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  if (hidden.length === 0) return (text) => text;
  const anySecret = new RegExp(hidden.join("|"), "g");
  return (text) => text.replace(anySecret, "[secret]");
}
