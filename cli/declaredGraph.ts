import type { ResourceGraph } from "../engine/graph/resourceGraph";
import { runProgram } from "../engine/program/runProgram";
import { madeUpProvider } from "../engine/provider/madeUpProvider";
import { awsRegion } from "../engine/stack/awsRegion";
import type { StackSettings } from "../engine/stack/stackFile";
import { printMessage, printOutputOf } from "./output";
import { noteLines } from "./reports/graphNotes";

/** Runs the program of a stack offline, and prints what it prints and what its graph lacks. */
export async function declaredGraph(
  settings: StackSettings,
  signal: AbortSignal,
): Promise<ResourceGraph> {
  for (const note of settings.notes) printMessage(`note: ${note}`);
  const graph = await runProgram(settings, madeUpProvider(awsRegion(settings), settings.config), {
    print: printOutputOf,
    signal,
  });
  for (const line of noteLines(graph)) printMessage(line);
  return graph;
}
