import { createStream, defaultStream, type NewStream } from "../../aws/kinesis/createStream";
import { createBucket } from "../../aws/s3/createBucket";
import { nameInArn, parseArn } from "../../components/iam/arn";
import { InputReader } from "../../engine/graph/inputReader";
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
export function localProvider(base: ResourceProvider, clients: LocalClients): ResourceProvider {
  return {
    check: (request) => base.check(request),
    read: (request) => base.read(request),
    async create(request) {
      const state = await base.create(request);
      await creators[request.type]?.(request, state, clients);
      return state;
    },
  };
}

type Creator = (
  request: ResourceRequest,
  state: ResourceState,
  clients: LocalClients,
) => Promise<void>;

const bucket: Creator = async (_, state, clients) => {
  await createBucket(clients.s3("us-east-1"), nameInArn(arnOf(state)));
};

const creators: Readonly<Record<string, Creator>> = {
  "aws:kinesis/stream:Stream": async (request, state, clients) => {
    const arn = arnOf(state);
    const { region } = parseArn(arn);
    await createStream(clients.kinesis(region), nameInArn(arn), streamSettings(request));
  },
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketV2:BucketV2": bucket,
};

function arnOf({ outputs }: ResourceState): string {
  return new InputReader(outputs).text("arn") ?? "";
}

function streamSettings({ name, inputs }: ResourceRequest): NewStream {
  const reader = new InputReader(inputs);
  const mode = reader.group("streamModeDetails").text("streamMode");
  const shardCount = reader.number("shardCount");
  const retentionHours = reader.number("retentionPeriod") ?? defaultStream.retentionHours;
  if (mode !== "ON_DEMAND" && shardCount === undefined) {
    reader.problem(
      "shardCount",
      'is not set; allowed: 1 or more, unless streamMode is "ON_DEMAND"',
    );
  }
  if (reader.problems.size > 0) {
    throw new Error(`The stream ${name}: ${[...reader.problems].join("; ")}`);
  }
  return shardCount === undefined ? { retentionHours } : { shardCount, retentionHours };
}
