import path from "node:path";
import { startObjectStore } from "../../aws/s3/objectStore";
import { readStackExport } from "../../engine/stack/stackExport";
import { localTarget } from "../../records/target/localRun";
import { outputsTarget } from "../../records/target/outputsTarget";
import type { Target } from "../../records/target/target";
import type { AwsOptions } from "../options";
import { findLocalRun, type FoundRun } from "./findLocalRun";
import { stackOutputs } from "./stackOutputs";
import type { TargetOptions } from "./targetOptions";

type Service = "kinesis" | "firehose" | "s3" | "athena";

/** A pipeline whose services can be called. */
export interface OpenTarget {
  readonly target: Target;
  /**
   * Options of a client for a service.
   *
   * @param region of the pipeline, unless an option overrides it
   * @throws Error if the service of a local run has ended
   */
  readonly aws: (service: Service, region?: string) => Promise<AwsOptions>;
  readonly close: () => Promise<void>;
  /** Whether it is a local run that has ended: it delivers nothing any more. */
  readonly hasEnded: boolean;
}

/**
 * Opens the pipeline that the options name.
 *
 * @param alternative options that name the same without a stack, for messages
 * @returns undefined if they name none, so that other options must name its parts
 * @throws Error if there is no such pipeline, or if the options name several
 */
export async function openTarget(
  options: TargetOptions,
  alternative: string,
): Promise<OpenTarget | undefined> {
  const { stack, stackExport, local, deliveryStream, ...aws } = options;
  if (stackExport !== undefined && (stack !== undefined || local !== undefined))
    throw new Error(
      "--stack-export cannot be combined with --stack or --local: the file names its stack.",
    );
  if (local !== undefined) return openRun(findLocalRun(local, stack), options);
  if (stack === undefined && stackExport === undefined) return undefined;
  if (deliveryStream !== undefined)
    throw new Error(
      "--delivery-stream cannot be combined with a stack: its outputs name the pipeline.",
    );
  const target =
    stackExport === undefined
      ? outputsTarget(await stackOutputs(stack ?? "", alternative), stack ?? "")
      : exportedTarget(stackExport);
  return { target, ...openAws(aws) };
}

/** AWS, or the endpoint of an option. */
export function openAws({ region, endpoint, profile }: AwsOptions): Omit<OpenTarget, "target"> {
  return {
    aws: (_service, known) => {
      const used = region ?? known;
      return Promise.resolve({
        ...(used !== undefined && { region: used }),
        ...(endpoint !== undefined && { endpoint }),
        ...(profile !== undefined && { profile }),
      });
    },
    close: () => Promise.resolve(),
    hasEnded: false,
  };
}

function exportedTarget(file: string): Target {
  const { outputs, stack } = readStackExport(path.resolve(file));
  return outputsTarget(outputs, stack);
}

function openRun(found: FoundRun, options: TargetOptions): OpenTarget {
  for (const option of ["region", "endpoint", "profile"] as const)
    if (options[option] !== undefined)
      throw new Error(`--${option} cannot be combined with --local: the run determines it.`);
  const { directory, run, isUp } = found;
  const title = `The local run ${path.relative(process.cwd(), directory) || "."}`;
  let store: ReturnType<typeof startObjectStore> | undefined;
  return {
    target: localTarget(run, title, options.deliveryStream),
    async aws(service, region) {
      const known = region !== undefined && { region };
      if (service === "athena") throw new Error(`${title} has no Athena.`);
      if (isUp) return { ...known, endpoint: run.endpoints[service] };
      if (service !== "s3")
        throw new Error(
          `${title} has ended. Start one that keeps running: ` +
            `npx streamlake local --stack ${run.stack} --keep`,
        );
      const { endpoint } = await (store ??= startObjectStore(directory));
      return { ...known, endpoint };
    },
    close: async () => (await store)?.stop(),
    hasEnded: !isUp,
  };
}
