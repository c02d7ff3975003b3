import pc from "picocolors";

export type Colors = ReturnType<typeof pc.createColors>;

/** Colours for standard output: none if it is not a terminal or NO_COLOR is set. */
export function stdoutColors(): Colors {
  return pc.createColors(process.stdout.isTTY && pc.isColorSupported);
}
