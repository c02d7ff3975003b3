import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { skip } from "../../support/skip";

/** Runs a Python program that uses boto3, or skips the test where that is not installed. */
export async function runWithBoto3(
  context: Mocha.Context,
  program: string,
  ...args: readonly string[]
): Promise<void> {
  const found = spawnSync("python3", ["-c", "import boto3"]);
  if (found.status !== 0) skip(context, "python3 with boto3 is not installed");
  const child = spawn("python3", [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => output.push(chunk));
  const [code] = (await once(child, "close")) as [number];
  assert.equal(code, 0, Buffer.concat(output).toString());
}
