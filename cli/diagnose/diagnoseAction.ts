import path from "node:path";
import { unlessAborted } from "../../aws/unlessAborted";
import { isRunning } from "../../aws/runningProcess";
import { diagnose, type Diagnosis } from "../../records/diagnose/diagnose";
import type { Place } from "../../records/diagnose/finding";
import { readLocalRun } from "../../records/target/localRun";
import type { TargetDelivery } from "../../records/target/target";
import { interrupted, interruptible } from "../interruptible";
import { print } from "../output";
import { progressBar } from "../progressBar";
import { jsonText } from "../reports/printable";
import type { Colors } from "../reports/terminal";
import { openAws, type OpenTarget, openTarget } from "../target/openTarget";
import type { TargetOptions } from "../target/targetOptions";
import { deployedEvidence, namedPlace, stackPlace } from "./deployedDiagnosis";
import { diagnosisReport } from "./diagnosisReport";
import { failedStart, findDiagnosedRun, localEvidence } from "./localDiagnosis";

export interface DiagnoseCommandOptions extends TargetOptions {
  readonly json?: boolean;
}

/** A diagnosis, and what its report begins with. */
interface Examined {
  /** E.g. `user-events (stack prod)`. */
  readonly title: string;
  readonly diagnosis: Diagnosis;
}

/**
 * Examines a pipeline and prints why records do not arrive.
 *
 * @returns the exit code: 0 no cause found, 1 a cause found, 130 interrupted
 * @throws Error if the pipeline cannot be examined
 */
export async function diagnosePipeline(
  options: DiagnoseCommandOptions,
  colors: Colors,
): Promise<number> {
  return interruptible(async (signal) => {
    // Nothing counts here: the bar only says that the command works.
    const bar = progressBar(30, () => "Examining the pipeline ...");
    bar.start(1, 0);
    const examined = await unlessAborted(examine(options), signal).finally(() => {
      bar.stop();
    });
    if (examined === undefined) return interrupted;
    const { title, diagnosis } = examined;
    print(
      options.json
        ? jsonText({ version: 1, title, ...diagnosis })
        : diagnosisReport(title, diagnosis, colors),
    );
    return diagnosis.findings.length > 0 ? 1 : 0;
  });
}

async function examine(options: DiagnoseCommandOptions): Promise<Examined> {
  const { local, stack, stackExport, deliveryStream } = options;
  if (local !== undefined) return examineRun(options);
  if (deliveryStream !== undefined && stack === undefined && stackExport === undefined)
    return deployed({ name: deliveryStream }, openAws(options), namedPlace(options));
  const open = await openTarget(options, "--delivery-stream NAME and --region REGION");
  if (open === undefined)
    throw new Error(
      "Specify one of --stack NAME, --stack-export FILE, --local and --delivery-stream NAME.",
    );
  const delivery = open.target.delivery();
  try {
    return await deployed(delivery, open, stackPlace(options, delivery));
  } finally {
    await open.close();
  }
}

async function examineRun(options: DiagnoseCommandOptions): Promise<Examined> {
  const { directory, evidence } = findDiagnosedRun(options);
  const { stack, failure, deliveryStreams } = evidence;
  const now = Date.now();
  const shown = path.relative(process.cwd(), directory) || ".";
  const local = { kind: "local", stack, options: ["--local", shown], awsOptions: [] } as const;
  if (failure !== undefined)
    return {
      title: `the local run ${shown}`,
      diagnosis: diagnose(failedStart(stack, failure, now), local),
    };
  const open = await openTarget({ ...options, local: directory }, "");
  if (open === undefined) throw new Error(`${shown} is not the directory of a run.`);
  try {
    const { name, region } = open.target.delivery();
    const place: Place = { ...local, ...(region !== undefined && { region }) };
    const written = deliveryStreams[name];
    if (written === undefined) throw new Error(`The run wrote nothing about ${name}.`);
    const run = readLocalRun(directory);
    const isUp = run !== undefined && run.running && isRunning(run.process);
    const found = await localEvidence(written, open, isUp, now);
    const state = isUp ? "up" : "ended";
    return { title: `${name}, local run ${shown} (${state})`, diagnosis: diagnose(found, place) };
  } finally {
    await open.close();
  }
}

async function deployed(
  delivery: TargetDelivery,
  { aws }: Pick<OpenTarget, "aws">,
  place: Place,
): Promise<Examined> {
  const evidence = await deployedEvidence(delivery, await aws("firehose", delivery.region));
  const stack = place.stack === undefined ? "" : `, stack ${place.stack}`;
  return { title: `${delivery.name}${stack}`, diagnosis: diagnose(evidence, place) };
}
