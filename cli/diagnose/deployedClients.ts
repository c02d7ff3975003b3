import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { FirehoseClient } from "@aws-sdk/client-firehose";
import { IAMClient } from "@aws-sdk/client-iam";
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { KMSClient } from "@aws-sdk/client-kms";
import type { DiagnosisClients } from "../../records/diagnose/deployed/clients";
import type { AwsOptions } from "../options";
import { readerConfig, s3Client } from "../serviceClients";

/** Clients of all services that a diagnosis asks. They retry throttled calls, as the SDK does by default. */
export function deployedClients(options: AwsOptions): DiagnosisClients {
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

export function destroyClients(clients: DiagnosisClients): void {
  for (const client of Object.values(clients) as readonly { destroy(): void }[]) client.destroy();
}
