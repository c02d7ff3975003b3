import type { PatternField, PatternPart } from "./timestampPattern";

/** A field, and the width to which `p` before it fills it with spaces; 0 without `p`. */
export interface PaddedField extends PatternField {
  readonly pad: number;
}

/** A field as it is printed, or text. */
export type PaddedPart = PaddedField | { readonly text: string };

/** The same parts, with each `p` taken into the field that it pads. */
export function paddedParts(parts: readonly PatternPart[]): readonly PaddedPart[] {
  return parts.flatMap((part, index): readonly PaddedPart[] => {
    if ("text" in part) return [part];
    if (part.letter === "p") return [];
    const before = parts[index - 1];
    const padded = before !== undefined && "letter" in before && before.letter === "p";
    return [{ ...part, pad: padded ? before.count : 0 }];
  });
}

/** As it stands in the pattern, e.g. `ppH`. */
export function written({ letter, count, pad }: PaddedField): string {
  return "p".repeat(pad) + letter.repeat(count);
}
