import { parseArn } from "../../../components/iam/arn";
import {
  type GraphResource,
  type ResourceGraph,
  resourcesOfType,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import type { ReportLine } from "../features/feature";
import {
  readServerSideEncryption,
  reportServerSideEncryption,
  type ServerSideEncryption,
} from "../features/serverSideEncryption";
import { requiredText } from "./allowedValues";
import { clusterForm, readArn, roleForm, streamForm } from "./arns";
import { type Declared, DeclaredInputs, type InputProblem, InputProblems } from "./declaredInputs";
import { readS3Destination, reportS3Destination, type S3Destination } from "./s3Destination";

/** A delivery stream as a program declares it: everything that is read from its resource. */
export interface DeliveryStream {
  /** Name of the resource in the program. */
  readonly resourceName: string;
  /** Name of the delivery stream, the first part of its objects' names. */
  readonly name: Declared<string>;
  /** As the provider returned it, or else in the account and region of its source. */
  readonly arn: Declared<string>;
  readonly source: Source;
  /** The type of its destination; undefined if it is not set. */
  readonly destination: Declared<string> | undefined;
  /** Undefined for another destination. */
  readonly s3: S3Destination | undefined;
  /** Of the records that producers write to it; undefined if it is off. */
  readonly serverSideEncryption: Declared<ServerSideEncryption> | undefined;
  /** What AWS rejects. */
  readonly refusals: readonly InputProblem[];
  /** What AWS accepts and the local run does not support. */
  readonly unsupported: readonly InputProblem[];
  /** The inputs that are unknown until deployment. */
  readonly unknown: readonly InputProblem[];
  /** What a plan shows of it. */
  readonly report: readonly ReportLine[];
}

/** Where records come from. */
type Source =
  | {
      readonly type: "kinesis";
      /** ARN of the stream; undefined if it is not set. */
      readonly streamArn: Declared<string> | undefined;
      /** ARN of the role that Firehose assumes to read it; undefined if it is not set. */
      readonly roleArn: Declared<string> | undefined;
    }
  /** Producers call PutRecord and PutRecordBatch of Firehose. */
  | { readonly type: "direct-put" }
  /** A topic of a Kafka cluster. */
  | {
      readonly type: "msk";
      readonly clusterArn: Declared<string> | undefined;
      readonly topic: Declared<string> | undefined;
    };

export const deliveryStreamType = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";

/** The delivery streams that a program creates. Those that it only reads belong to another program. */
export function declaredDeliveryStreams(graph: ResourceGraph): readonly GraphResource[] {
  return resourcesOfType(graph, deliveryStreamType).filter(({ external }) => !external);
}

/**
 * Reads an `aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream`. Inputs that it does not set
 * get the provider's defaults. It never throws: problems are part of the result.
 */
export function readDeliveryStream(resource: GraphResource): DeliveryStream {
  const problems = new InputProblems();
  const inputs = new DeclaredInputs(resource.inputs, problems);
  const name = readName(inputs) ?? resource.name;
  const source = readSource(inputs);
  const destination = readDestination(inputs);
  const s3 = inputs.group("extendedS3Configuration");
  for (const input of inputs.names.filter((one) => !knownInputs.has(one)))
    inputs.unsupported(input, "is not supported by the local delivery engine");
  const isS3 = destination === undefined || destination === "extended_s3";
  const model = {
    resourceName: resource.name,
    name,
    arn: arnOf(resource, name, source),
    source,
    destination,
    s3: isS3 || destination instanceof Unknown ? readS3Destination(s3) : undefined,
    serverSideEncryption: readServerSideEncryption(inputs, source.type === "kinesis"),
    report: reportOf(resource),
  };
  return {
    ...model,
    refusals: [...problems.refusals.values()],
    unsupported: [...problems.unsupported.values()],
    unknown: [...problems.unknown.values()],
  };
}

/** Apart from the model, which reports a problem only with what it needs. */
function reportOf({ inputs }: GraphResource): readonly ReportLine[] {
  const declared = new DeclaredInputs(inputs);
  return [
    ...reportS3Destination(declared.group("extendedS3Configuration")),
    ...reportServerSideEncryption(declared),
  ];
}

/** API, CreateDeliveryStream. */
function readName(inputs: DeclaredInputs): Declared<string> | undefined {
  const name = inputs.text("name");
  if (typeof name === "string" && !/^[a-zA-Z0-9_.-]{1,64}$/u.test(name))
    inputs.refuseValue("name", "1 to 64 characters of a-z, A-Z, 0-9, _ . and -");
  return name;
}

/** Inputs that are read here or that do not affect what is delivered. */
const knownInputs: ReadonlySet<string> = new Set([
  ...["name", "destination", "kinesisSourceConfiguration", "extendedS3Configuration"],
  ...["mskSourceConfiguration", "serverSideEncryption", "tags", "tagsAll", "region", "arn"],
  ...["destinationId", "versionId"],
]);

function readSource(inputs: DeclaredInputs): Source {
  const kinesis = inputs.group("kinesisSourceConfiguration");
  if (inputs.names.includes("kinesisSourceConfiguration")) {
    if (inputs.names.includes("mskSourceConfiguration"))
      inputs.refuse("mskSourceConfiguration", "cannot be combined with a Kinesis source");
    return {
      type: "kinesis",
      streamArn: readArn(kinesis, "kinesisStreamArn", streamForm),
      roleArn: readArn(kinesis, "roleArn", roleForm),
    };
  }
  if (inputs.names.includes("mskSourceConfiguration")) {
    inputs.unsupported("mskSourceConfiguration", "is not supported by the local delivery engine");
    const msk = inputs.group("mskSourceConfiguration");
    return {
      type: "msk",
      clusterArn: msk.isSet ? readArn(msk, "mskClusterArn", clusterForm) : undefined,
      topic: msk.isSet ? requiredText(msk, "topicName") : undefined,
    };
  }
  return { type: "direct-put" };
}

/** The destinations that the provider knows. */
const destinations = [
  ...["extended_s3", "redshift", "elasticsearch", "opensearch", "opensearchserverless"],
  ...["splunk", "http_endpoint", "snowflake", "iceberg"],
];

function readDestination(inputs: DeclaredInputs): Declared<string> | undefined {
  const destination = inputs.text("destination");
  if (destination instanceof Unknown || destination === "extended_s3") return destination;
  const found = destination === undefined ? "not set" : `"${destination}"`;
  if (destination !== undefined && destinations.includes(destination))
    inputs.unsupported("destination", `is ${found}; supported: "extended_s3"`);
  else inputs.refuse("destination", `is ${found}; allowed: ${destinations.join(", ")}`);
  return destination;
}

function arnOf(
  { outputs }: GraphResource,
  name: Declared<string>,
  source: Source,
): Declared<string> {
  const arn = new DeclaredInputs(outputs).text("arn");
  if (arn !== undefined) return arn;
  const streamArn = source.type === "kinesis" ? source.streamArn : undefined;
  if (typeof name !== "string" || typeof streamArn !== "string") return new Unknown();
  if (!streamForm.pattern.test(streamArn)) return new Unknown();
  return deliveryStreamArn(name, streamArn);
}

/** The ARN of a delivery stream in the account and region of its source. */
export function deliveryStreamArn(name: string, streamArn: string): string {
  const { partition, region, account } = parseArn(streamArn);
  return `arn:${partition}:firehose:${region}:${account}:deliverystream/${name}`;
}
