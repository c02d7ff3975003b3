import path from "node:path";
import {
  type DeliveryConfiguration,
  producersCompress,
} from "../../aws/firehose/model/deliveryConfiguration";
import type { LocalAws } from "../../local/run/startLocalAws";
import { shellWord } from "../../records/shellWord";
import type { Pipeline } from "./startPipeline";

type Endpoints = Pick<
  LocalAws,
  "kinesisEndpoint" | "firehoseEndpoint" | "s3Endpoint" | "credentials"
>;

/** How to use a pipeline that keeps running: commands, variables and a program to copy. */
export function connectionDetails(
  { deliveryStreams }: Pick<Pipeline, "deliveryStreams">,
  aws: Endpoints,
  directory: string,
): string {
  const commands = deliveryStreams.flatMap((configuration) => [
    ...sendCommand(configuration, aws),
    ...verifyCommand(configuration, aws),
  ]);
  const producers = deliveryStreams
    .slice(0, 1)
    .flatMap((configuration) => [
      "",
      "With your own producers and readers, through any AWS SDK or the AWS CLI:",
      ...indented(environment(configuration, aws)),
      "",
      "In a Node.js program:",
      ...indented(producerSnippet(configuration, aws)),
    ]);
  return [
    "",
    "Running until Ctrl-C. The buckets are in",
    `  ${path.relative(process.cwd(), directory)}`,
    "From another terminal:",
    ...indented(commands),
    ...producers,
  ].join("\n");
}

/** How to use one delivery stream of such a pipeline, as commands and settings to copy. */
export function connectionSnippets(
  configuration: DeliveryConfiguration,
  aws: Endpoints,
): readonly { readonly title: string; readonly text: string }[] {
  const snippet = (title: string, lines: readonly string[]) => ({ title, text: lines.join("\n") });
  return [
    snippet("Send a file", sendCommand(configuration, aws)),
    snippet("Variables for any AWS SDK and the AWS CLI", environment(configuration, aws)),
    snippet("Producer in Node.js", producerSnippet(configuration, aws)),
    snippet("Check what is delivered", verifyCommand(configuration, aws)),
  ];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`.trimEnd());
}

function sendCommand(
  configuration: DeliveryConfiguration,
  { kinesisEndpoint, firehoseEndpoint }: Endpoints,
): readonly string[] {
  const { name, source } = configuration;
  const [target, endpoint] =
    source.type === "kinesis"
      ? [`--stream ${source.name}`, kinesisEndpoint]
      : [`--delivery-stream ${name}`, firehoseEndpoint];
  return [
    `npx streamlake send FILE ${target} \\`,
    ...(producersCompress(configuration) ? ["  --record-compression GZIP \\"] : []),
    `  --region ${source.region} --endpoint ${endpoint}`,
  ];
}

function verifyCommand(
  { bucket, prefix, errorPrefix, timeZone, newlineDelimiter }: DeliveryConfiguration,
  { s3Endpoint }: Endpoints,
): readonly string[] {
  return [
    `npx streamlake verify --bucket ${bucket} \\`,
    `  --prefix ${shellWord(prefix)} \\`,
    ...(errorPrefix === "" ? [] : [`  --error-prefix ${shellWord(errorPrefix)} \\`]),
    ...(timeZone === "UTC" ? [] : [`  --time-zone ${timeZone} \\`]),
    ...(newlineDelimiter ? [] : ["  --delimiter none \\"]),
    `  --endpoint ${s3Endpoint}`,
  ];
}

/**
 * Shell commands after which AWS SDKs and the AWS CLI call the local services. boto3 and AWS CLI v1 read
 * only AWS_DEFAULT_REGION, other SDKs only AWS_REGION. Whatever the user has set for AWS is put aside if
 * it could send a call elsewhere or make it fail: a profile hides the keys from the SDK for JavaScript, no
 * SDK combines an endpoint with FIPS, dual-stack or S3 Accelerate, and boto3 sends even calls to this
 * machine through a proxy.
 */
function environment(
  { source: { type, region } }: DeliveryConfiguration,
  { kinesisEndpoint, firehoseEndpoint, s3Endpoint, credentials }: Endpoints,
): readonly string[] {
  return [
    type === "kinesis"
      ? `export AWS_ENDPOINT_URL_KINESIS=${kinesisEndpoint}`
      : `export AWS_ENDPOINT_URL_FIREHOSE=${firehoseEndpoint}`,
    `export AWS_ENDPOINT_URL_S3=${s3Endpoint}`,
    `export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    `export AWS_ACCESS_KEY_ID=${credentials.accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`,
    "export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null",
    "export NO_PROXY=127.0.0.1,$NO_PROXY no_proxy=127.0.0.1,$no_proxy",
    "unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN AWS_CA_BUNDLE",
    "unset AWS_USE_FIPS_ENDPOINT AWS_USE_DUALSTACK_ENDPOINT",
    "unset AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  ];
}

/** A Node.js program that puts a record on a local stream, or to a delivery stream without one. */
function producerSnippet(
  configuration: DeliveryConfiguration,
  { kinesisEndpoint, firehoseEndpoint, credentials }: Endpoints,
): readonly string[] {
  const { name, source } = configuration;
  const { region } = source;
  const isCompressed = producersCompress(configuration);
  const event = 'JSON.stringify({ type: "hello" })';
  const data = isCompressed ? `gzipSync(${event} + "\\n")` : `Buffer.from(${event})`;
  const { service, endpoint, members } =
    source.type === "kinesis"
      ? {
          service: "Kinesis",
          endpoint: kinesisEndpoint,
          members: [`StreamName: "${source.name}"`, 'PartitionKey: "user-1"', `Data: ${data}`],
        }
      : {
          service: "Firehose",
          endpoint: firehoseEndpoint,
          members: [`DeliveryStreamName: "${name}"`, `Record: { Data: ${data} }`],
        };
  const client = service.toLowerCase();
  return [
    ...(isCompressed ? ['import { gzipSync } from "node:zlib";'] : []),
    `import { ${service}Client, PutRecordCommand } from "@aws-sdk/client-${client}";`,
    "",
    `const ${client} = new ${service}Client({`,
    `  region: "${region}",`,
    `  endpoint: "${endpoint}",`,
    `  credentials: { accessKeyId: "${credentials.accessKeyId}", secretAccessKey: "${credentials.secretAccessKey}" },`,
    "});",
    `await ${client}.send(`,
    "  new PutRecordCommand({",
    ...members.map((member) => `    ${member},`),
    "  }),",
    ");",
  ];
}
