import { KinesisClient } from "@aws-sdk/client-kinesis";
import { S3Client } from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";

export interface LocalEndpoints {
  readonly kinesis: string;
  readonly s3: string;
}

/** Any credentials are accepted; these are none of anyone's. */
export const localCredentials = { accessKeyId: "local", secretAccessKey: "local" } as const;

/** AWS clients of the local endpoints, one for each service and region. */
export class LocalClients {
  readonly #endpoints: LocalEndpoints;
  readonly #maxAttempts: number;
  readonly #kinesis = new Map<string, KinesisClient>();
  readonly #s3 = new Map<string, S3Client>();

  /** @param maxAttempts that the SDK itself makes for one call. Default: 3, as the SDK's. */
  constructor(endpoints: LocalEndpoints, maxAttempts = 3) {
    this.#endpoints = endpoints;
    this.#maxAttempts = maxAttempts;
  }

  /** @param region of the stream: kinesis-local keeps the streams of each region apart */
  kinesis(region: string): KinesisClient {
    return kept(this.#kinesis, region, () => {
      // The SDK's own choice is HTTP/2, on which kinesis-local fails as bodies grow.
      const requestHandler = new NodeHttpHandler();
      const endpoint = this.#endpoints.kinesis;
      return new KinesisClient({ ...this.#common(region), endpoint, requestHandler });
    });
  }

  s3(region: string): S3Client {
    return kept(this.#s3, region, () => {
      const endpoint = this.#endpoints.s3;
      return new S3Client({ ...this.#common(region), endpoint, forcePathStyle: true });
    });
  }

  /** Closes their connections. */
  destroy(): void {
    for (const client of [...this.#kinesis.values(), ...this.#s3.values()]) client.destroy();
  }

  #common(region: string) {
    return { region, credentials: localCredentials, maxAttempts: this.#maxAttempts };
  }
}

function kept<T>(clients: Map<string, T>, region: string, create: () => T): T {
  const client = clients.get(region) ?? create();
  clients.set(region, client);
  return client;
}
