import type { Properties } from "../../../engine/graph/resourceGraph";
import { inputText } from "./inputValue";

/** Where among the account's roles this one is, unless it is where all are. */
export function rolePath(inputs: Properties): string | undefined {
  const path = inputText(inputs, "path");
  return path === "/" ? undefined : path;
}
