import path from "node:path";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { FirehoseClient } from "@aws-sdk/client-firehose";
import { IAMClient } from "@aws-sdk/client-iam";
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { KMSClient } from "@aws-sdk/client-kms";
import type { DiagnosisClients } from "../../records/diagnose/deployed/clients";
import type { AwsOptions } from "../options";
import { readerConfig, s3Client } from "../serviceClients";
import { readStackExport } from "../../engine/stack/stackExport";
import { collectDeployed } from "../../records/diagnose/deployed/collectDeployed";
import type { Evidence } from "../../records/diagnose/evidence";
import type { Place } from "../../records/diagnose/finding";
import type { TargetDelivery } from "../../records/target/target";
import { awsWords, type TargetOptions } from "../target/targetOptions";
import { accessModel } from "./accessModel";

/**
 * Asks AWS about a delivery stream.
 *
 * @throws Error if AWS cannot be reached, or rejects the caller
 */
export async function deployedEvidence(
  delivery: TargetDelivery,
  options: AwsOptions,
): Promise<Evidence> {
  const clients = deployedClients(options);
  try {
    return await collectDeployed(delivery, { clients, model: accessModel, now: Date.now() });
  } finally {
    destroyClients(clients);
  }
}

/** Clients of all services that a diagnosis asks. They retry throttled calls, as the SDK does by default. */
function deployedClients(options: AwsOptions): DiagnosisClients {
  const config = readerConfig(options);
  return {
    cloudWatch: new CloudWatchClient(config),
    firehose: new FirehoseClient(config),
    iam: new IAMClient(config),
    kinesis: new KinesisClient(config),
    kms: new KMSClient(config),
    logs: new CloudWatchLogsClient(config),
    s3: s3Client(options),
  };
}

function destroyClients(clients: DiagnosisClients): void {
  for (const client of Object.values(clients) as readonly { destroy(): void }[]) client.destroy();
}

/** How commands name a stack. */
export function stackPlace(options: TargetOptions, delivery: TargetDelivery): Place {
  const { stack, stackExport, region: chosen } = options;
  const region = chosen ?? delivery.region;
  const name = stackExport === undefined ? stack : readStackExport(path.resolve(stackExport)).stack;
  const named =
    stackExport === undefined ? ["--stack", stack ?? ""] : ["--stack-export", stackExport];
  return {
    kind: "deployed",
    ...(name !== undefined && { stack: name }),
    ...(region !== undefined && { region }),
    ...(delivery.existingRole !== undefined && { existingRole: delivery.existingRole }),
    options: [...named, ...awsWords(options, "--endpoint")],
    awsOptions: awsWords({ ...options, ...(region !== undefined && { region }) }, "--endpoint-url"),
  };
}

/** How commands name a delivery stream without its stack. */
export function namedPlace(options: TargetOptions): Place {
  const { deliveryStream = "", region } = options;
  return {
    kind: "deployed",
    ...(region !== undefined && { region }),
    options: ["--delivery-stream", deliveryStream, ...awsWords(options, "--endpoint")],
    awsOptions: awsWords(options, "--endpoint-url"),
  };
}
