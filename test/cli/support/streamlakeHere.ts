import { Readable } from "node:stream";
import { type Command, CommanderError } from "commander";
import { auditCommand } from "../../../cli/audit";
import { diagnoseCommand } from "../../../cli/diagnose";
import { doctorCommand } from "../../../cli/doctor";
import { estimateCommand } from "../../../cli/estimate";
import { gateCommand } from "../../../cli/gate";
import { localCommand } from "../../../cli/local";
import { printMessage } from "../../../cli/output";
import { planCommand } from "../../../cli/plan";
import { queryCommand } from "../../../cli/query";
import { replayCommand } from "../../../cli/replay";
import { sendCommand } from "../../../cli/send";
import { simulateCommand } from "../../../cli/simulate";
import { verifyCommand } from "../../../cli/verify";
import { tailCommand } from "../../../cli/tail";
import { redirect, withoutAws } from "./runCommand";

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: unknown;
}

const commands: Readonly<Record<string, () => Command>> = {
  audit: auditCommand,
  diagnose: diagnoseCommand,
  doctor: doctorCommand,
  estimate: estimateCommand,
  gate: gateCommand,
  local: localCommand,
  plan: planCommand,
  query: queryCommand,
  replay: replayCommand,
  send: sendCommand,
  simulate: simulateCommand,
  tail: tailCommand,
  verify: verifyCommand,
};

/**
 * Runs a command line in this process, which saves the start of a process; `startStreamlake` starts one.
 * Only one at a time: it takes over the streams and the environment of this process.
 *
 * @param env additional variables, and undefined for variables that are not set
 */
export async function streamlakeHere(
  [name = "", ...args]: readonly string[],
  input: string | Buffer = "",
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const command = commands[name]?.();
  if (!command) throw new Error(`There is no command ${name}.`);
  const before = { env: process.env, exitCode: process.exitCode };
  const stdin = Object.getOwnPropertyDescriptor(process, "stdin") ?? {};
  const printed = { stdout: "", stderr: "" };
  const restore = (["stdout", "stderr"] as const).map((stream) =>
    redirect(process[stream], (text) => (printed[stream] += text)),
  );
  process.env = { ...withoutAws(process.env), ...env };
  for (const [variable, value] of Object.entries(env))
    if (value === undefined) Reflect.deleteProperty(process.env, variable);
  Object.defineProperty(process, "stdin", {
    value: Readable.from([Buffer.from(input)]),
    configurable: true,
  });
  process.exitCode = 0;
  try {
    await command.parseAsync(args, { from: "user" });
  } catch (error) {
    // As cli/main.ts does.
    process.exitCode = error instanceof CommanderError ? error.exitCode : 2;
    if (!(error instanceof CommanderError)) printMessage((error as Error).message);
  } finally {
    for (const undo of restore) undo();
    Object.defineProperty(process, "stdin", stdin);
    process.env = before.env;
  }
  const { exitCode } = process;
  process.exitCode = before.exitCode;
  return { ...printed, exitCode };
}
