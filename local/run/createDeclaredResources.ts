import type { NewStream, StreamStore } from "../../aws/kinesis/store/streamStore";
import { createBucket } from "../../aws/s3/createBucket";
import { nameInArn, parseArn } from "../../components/iam/arn";
import { InputReader } from "../../engine/graph/inputReader";
import type { Properties } from "../../engine/graph/resourceGraph";
import type {
  ResourceProvider,
  ResourceRequest,
  ResourceState,
} from "../../engine/provider/resourceProvider";
import type { LocalClients } from "./awsClients";

/**
 * A provider that answers like `base` and also creates the declared streams and buckets locally, under
 * the names that `base` assigns.
 */
export function localProvider(base: ResourceProvider, services: Services): ResourceProvider {
  return {
    check: (request) => base.check(request),
    read: (request) => base.read(request),
    async create(request) {
      const state = await base.create(request);
      await creators[request.type]?.(request, state, services);
      return request.type === functionType ? withVersion(request, state) : state;
    },
  };
}

interface Services {
  readonly clients: LocalClients;
  readonly streams: StreamStore;
}

type Creator = (
  request: ResourceRequest,
  state: ResourceState,
  services: Services,
) => Promise<void>;

/** In the region of its provider, or in its own; S3 creates a bucket where its endpoint is. */
const bucket: Creator = async (_, state, { clients }) => {
  const region = new InputReader(state.outputs).text("region") ?? "us-east-1";
  await createBucket(clients.s3(region), nameInArn(arnOf(state)));
};

const creators: Readonly<Record<string, Creator>> = {
  "aws:kinesis/stream:Stream": async (request, state, { streams }) => {
    const arn = arnOf(state);
    const id = { region: parseArn(arn).region, name: nameInArn(arn) };
    if (!(await streams.create(id, streamSettings(request))))
      throw new Error(`The stream ${id.name} in ${id.region} is declared twice.`);
  },
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketV2:BucketV2": bucket,
};

const functionType = "aws:lambda/function:Function";

/** A function that is created now has the version 1 if it is published, otherwise none. */
function withVersion({ inputs }: ResourceRequest, state: ResourceState): ResourceState {
  const version = new InputReader(inputs).flag("publish") === true ? "1" : "$LATEST";
  const qualifiedArn = `${arnOf(state)}:${version}`;
  return { ...state, outputs: { ...state.outputs, version, qualifiedArn } };
}

function arnOf({ outputs }: ResourceState): string {
  return new InputReader(outputs).text("arn") ?? "";
}

function streamSettings({ name, inputs }: ResourceRequest): NewStream {
  const reader = new InputReader(inputs);
  const isOnDemand = reader.group("streamModeDetails").text("streamMode") === "ON_DEMAND";
  const shardCount = reader.number("shardCount");
  const retentionHours = reader.number("retentionPeriod");
  const maxRecordSizeInKib = reader.number("maxRecordSizeInKib");
  if (!isOnDemand && shardCount === undefined) {
    reader.problem(
      "shardCount",
      'is not set; allowed: 1 or more, unless streamMode is "ON_DEMAND"',
    );
  }
  if (reader.problems.size > 0) {
    throw new Error(`The stream ${name}: ${[...reader.problems].join("; ")}`);
  }
  return {
    mode: isOnDemand ? "ON_DEMAND" : "PROVISIONED",
    ...(shardCount !== undefined && { shardCount }),
    ...(retentionHours !== undefined && { retentionHours }),
    ...(maxRecordSizeInKib !== undefined && { maxRecordSizeInKib }),
    tags: declaredTags(inputs),
  };
}

/** Tags that are unknown until deployment are left out: the run does not depend on them. */
function declaredTags(inputs: Properties): Readonly<Record<string, string>> {
  const tags = new InputReader(inputs).group("tags");
  return Object.fromEntries(
    tags.names.flatMap((name) => {
      const value = tags.text(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
