import { FirehoseClient } from "@aws-sdk/client-firehose";
import { KinesisClient, type KinesisClientConfig } from "@aws-sdk/client-kinesis";
import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";

export interface LocalEndpoints {
  readonly kinesis: string;
  readonly firehose: string;
  readonly s3: string;
}

/**
 * Every setting that an AWS client otherwise takes from the environment, from `~/.aws/config` and from
 * the profile there. Their values are the SDK's defaults: what a user has set for AWS must neither break
 * nor redirect calls to this machine.
 */
export const pinnedSettings = {
  authSchemePreference: [],
  defaultsMode: "legacy",
  retryMode: "standard",
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  userAgentAppId: "streamlake",
} satisfies KinesisClientConfig & S3ClientConfig;

/** The same for Kinesis, which has one more. */
export const pinnedKinesisSettings = {
  ...pinnedSettings,
  accountIdEndpointMode: "disabled",
} satisfies KinesisClientConfig;

/** The same for S3. */
export const pinnedS3Settings = {
  ...pinnedSettings,
  disableS3ExpressSessionAuth: true,
  requestChecksumCalculation: "WHEN_SUPPORTED",
  responseChecksumValidation: "WHEN_SUPPORTED",
  sigv4aSigningRegionSet: [],
  useArnRegion: false,
} satisfies S3ClientConfig;

/** The local endpoints accept any credentials; these belong to nobody. */
export const localCredentials = { accessKeyId: "local", secretAccessKey: "local" } as const;

/** AWS clients of the local endpoints, one per service and region. */
export class LocalClients {
  readonly #endpoints: LocalEndpoints;
  readonly #maxAttempts: number;
  readonly #kinesis = new Map<string, KinesisClient>();
  readonly #firehose = new Map<string, FirehoseClient>();
  readonly #s3 = new Map<string, S3Client>();

  /** @param maxAttempts of the SDK for one call. Default: 3, like the SDK's. */
  constructor(endpoints: LocalEndpoints, maxAttempts = 3) {
    this.#endpoints = endpoints;
    this.#maxAttempts = maxAttempts;
  }

  /** @param region of the stream; those of other regions are not visible */
  kinesis(region: string): KinesisClient {
    return cached(this.#kinesis, region, () => {
      // HTTP/2, the SDK's default, sends all calls over one connection: a large page delays the others.
      const requestHandler = new NodeHttpHandler();
      const endpoint = this.#endpoints.kinesis;
      return new KinesisClient({
        ...pinnedKinesisSettings,
        ...this.#common(region),
        endpoint,
        requestHandler,
      });
    });
  }

  /** @param region of the delivery streams; those of other regions are not visible */
  firehose(region: string): FirehoseClient {
    return cached(this.#firehose, region, () => {
      const endpoint = this.#endpoints.firehose;
      return new FirehoseClient({ ...pinnedSettings, ...this.#common(region), endpoint });
    });
  }

  s3(region: string): S3Client {
    return cached(this.#s3, region, () => {
      const endpoint = this.#endpoints.s3;
      return new S3Client({
        ...pinnedS3Settings,
        ...this.#common(region),
        endpoint,
        forcePathStyle: true,
      });
    });
  }

  /** Closes all connections. */
  destroy(): void {
    const clients = [...this.#kinesis.values(), ...this.#firehose.values(), ...this.#s3.values()];
    for (const client of clients) client.destroy();
  }

  #common(region: string) {
    return { region, credentials: localCredentials, maxAttempts: this.#maxAttempts };
  }
}

function cached<T>(clients: Map<string, T>, region: string, create: () => T): T {
  const client = clients.get(region) ?? create();
  clients.set(region, client);
  return client;
}
