import { type ResourceGraph, Secret, valuesIn } from "./resourceGraph";

/** Takes secrets out of a text that a person or a log will see. */
export type Redact = (text: string) => string;

/**
 * As in the Pulumi CLI, shorter secrets stay: taking every "1" out of a text would hide the text
 * and not the secret.
 */
const SHORTEST = 3;

/**
 * Redacts every secret of a graph, also inside other texts: a policy or a program can put one into
 * a message, where nothing marks it any more.
 */
export function redactorOf(graph: ResourceGraph): Redact {
  const secrets = new Set<string>();
  const { outputs, resources } = graph;
  const everything = [outputs, ...resources.flatMap(({ inputs, outputs }) => [inputs, outputs])];
  for (const value of valuesIn(everything)) {
    if (!(value instanceof Secret)) continue;
    for (const part of valuesIn(value.reveal())) {
      if (typeof part !== "string" && typeof part !== "number") continue;
      // As it is, and as it stands inside a JSON document.
      secrets.add(String(part)).add(JSON.stringify(String(part)).slice(1, -1));
    }
  }
  // Longest first, so that a secret that contains another one goes as a whole.
  const hidden = [...secrets]
    .filter((text) => text.length >= SHORTEST)
    .sort((one, other) => other.length - one.length)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  if (hidden.length === 0) return (text) => text;
  const anySecret = new RegExp(hidden.join("|"), "g");
  return (text) => text.replace(anySecret, "[secret]");
}
