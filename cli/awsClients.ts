import { KinesisClient } from "@aws-sdk/client-kinesis";
import { S3Client } from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { AwsOptions } from "./options";

const CONNECTION_TIMEOUT_MS = 5_000;
const ANSWER_TIMEOUT_MS = 60_000;

/** A Kinesis client that does not retry by itself: sendRecords does, and counts. */
export function kinesisClient(options: AwsOptions): KinesisClient {
  return new KinesisClient({
    ...commonConfig(options),
    maxAttempts: 1,
    // The client's own handler speaks HTTP/2, which endpoints in place of AWS do not all bear.
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: ANSWER_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    }),
  });
}

export function s3Client(options: AwsOptions): S3Client {
  return new S3Client({
    ...commonConfig(options),
    // Only AWS's own names resolve as bucket.host.
    forcePathStyle: options.endpoint !== undefined,
    // Objects may be large, so only silence ends a download.
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      socketTimeout: ANSWER_TIMEOUT_MS,
    }),
  });
}

interface CommonConfig {
  readonly region?: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

function commonConfig({ region, endpoint }: AwsOptions): CommonConfig {
  if (endpoint === undefined) return { ...(region !== undefined && { region }) };
  const local = isLoopback(endpoint);
  const found = region ?? (local ? (process.env["AWS_REGION"] ?? "us-east-1") : undefined);
  return {
    endpoint,
    ...(found !== undefined && { region: found }),
    ...(local && !hasCredentials() && { credentials: DUMMY }),
  };
}

const DUMMY = { accessKeyId: "local", secretAccessKey: "local" };

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
function isLoopback(endpoint: string): boolean {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw new Error(`--endpoint "${endpoint}" is not a URL; write it like http://127.0.0.1:4567.`);
  }
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
}
