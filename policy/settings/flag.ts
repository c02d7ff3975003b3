import type { Setting } from "./setting";

/** A switch. */
export function flag(defaultValue: boolean, description: string): Setting<boolean> {
  return {
    schema: { type: "boolean", description, default: defaultValue },
    defaultValue,
    allowed: "true or false",
    read: (given) => (typeof given === "boolean" ? given : undefined),
  };
}
