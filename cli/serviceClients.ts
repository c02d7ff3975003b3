import type { AthenaClient } from "@aws-sdk/client-athena";
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { FirehoseClient } from "@aws-sdk/client-firehose";
import type { IAMClient } from "@aws-sdk/client-iam";
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { S3Client } from "@aws-sdk/client-s3";
import type { STSClient } from "@aws-sdk/client-sts";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import {
  localCredentials,
  pinnedKinesisSettings,
  pinnedS3Settings,
  pinnedSettings,
} from "../local/run/awsClients";
import type { AwsOptions } from "./options";

const CONNECTION_TIMEOUT_MS = 5_000;
const RESPONSE_TIMEOUT_MS = 60_000;

/** A Kinesis client without retries: sendRecords retries, and counts its retries. */
export function kinesisClient(options: AwsOptions): KinesisClient {
  return new KinesisClient({
    ...(isLocal(options) && pinnedKinesisSettings),
    ...producerConfig(options),
  });
}

/** A Firehose client without retries: sendRecords retries, and counts its retries. */
export function firehoseClient(options: AwsOptions): FirehoseClient {
  return new FirehoseClient({
    ...(isLocal(options) && pinnedSettings),
    ...producerConfig(options),
  });
}

function producerConfig(options: AwsOptions) {
  return {
    ...commonConfig(options),
    maxAttempts: 1,
    // Kinesis's default handler uses HTTP/2, which not all AWS-compatible endpoints support.
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: RESPONSE_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    }),
  };
}

/** Settings of a client that only reads, with the SDK's default retries. */
export function readerConfig(options: AwsOptions) {
  return {
    ...(isLocal(options) && pinnedSettings),
    ...commonConfig(options),
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: RESPONSE_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    }),
  };
}

/** An S3 client with the SDK's default retries. */
export function s3Client(options: AwsOptions): S3Client {
  return new S3Client({
    ...(isLocal(options) && pinnedS3Settings),
    ...commonConfig(options),
    // Only host names of AWS resolve as bucket.host.
    forcePathStyle: options.endpoint !== undefined,
    // Large objects take long to download, so only an idle connection times out.
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      socketTimeout: RESPONSE_TIMEOUT_MS,
    }),
  });
}

/** An STS client without retries, for a command that reports a failure at once. */
export async function stsClient(options: AwsOptions): Promise<STSClient> {
  const { STSClient: Client } = await import("@aws-sdk/client-sts");
  return new Client(reportingConfig(options));
}

/** An IAM client with retries, because IAM throttles early. */
export async function iamClient(options: AwsOptions): Promise<IAMClient> {
  const { IAMClient: Client } = await import("@aws-sdk/client-iam");
  return new Client({ ...reportingConfig(options), maxAttempts: IAM_ATTEMPTS });
}

const IAM_ATTEMPTS = 5;

function reportingConfig(options: AwsOptions) {
  return { ...(isLocal(options) && pinnedSettings), ...producerConfig(options) };
}

/** A CloudWatch client; few commands need it, so it is loaded on first use. */
export async function cloudWatchClient(options: AwsOptions): Promise<CloudWatchClient> {
  const { CloudWatchClient: Client } = await import("@aws-sdk/client-cloudwatch");
  return new Client(readerConfig(options));
}

/** An Athena client, loaded on first use as well. */
export async function athenaClient(options: AwsOptions): Promise<AthenaClient> {
  const { AthenaClient: Client } = await import("@aws-sdk/client-athena");
  return new Client(readerConfig(options));
}

type Credentials = Awaited<ReturnType<KinesisClient["config"]["credentials"]>>;

interface CommonConfig {
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly credentials?: typeof localCredentials | (() => Promise<Credentials>);
}

/** An endpoint on loopback needs no region or credentials, so both have a default there. */
function commonConfig(options: AwsOptions): CommonConfig {
  const { region, endpoint, profile } = options;
  const named = profile !== undefined && { profile };
  if (endpoint === undefined) return { ...(region !== undefined && { region }), ...named };
  const local = isLocal(options);
  const usedRegion = region ?? (local ? (process.env["AWS_REGION"] ?? "us-east-1") : undefined);
  return {
    endpoint,
    ...named,
    ...(usedRegion !== undefined && { region: usedRegion }),
    ...(local && !named && { credentials: hasCredentials() ? ownOrLocal : localCredentials }),
  };
}

/**
 * The user's credentials. An endpoint on loopback that needs none must work without them too: a profile
 * may be missing or its session expired.
 */
async function ownOrLocal(): Promise<Credentials> {
  const own = new KinesisClient({ ...pinnedKinesisSettings, region: "us-east-1", maxAttempts: 1 });
  return own.config.credentials().catch(() => localCredentials);
}

const CREDENTIAL_VARIABLES = [
  "AWS_ACCESS_KEY_ID",
  "AWS_PROFILE",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
];

function hasCredentials(): boolean {
  return CREDENTIAL_VARIABLES.some((name) => process.env[name] !== undefined);
}

/** @throws Error if the endpoint is not an http or https URL */
function isLocal({ endpoint }: AwsOptions): boolean {
  if (endpoint === undefined) return false;
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw new Error(`--endpoint "${endpoint}" is not a URL; write it like http://127.0.0.1:4567.`);
  }
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
}
