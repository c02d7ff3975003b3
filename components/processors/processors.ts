import { metadataQuery } from "../jq/metadataQuery";
import type { Features } from "../settings/features";
import { transformDefaults } from "../settings/groups/transform";
import { type ProcessorType, processorTypes } from "./processorTypes";

/** A processor as the AWS provider declares it. */
export interface DeclaredProcessor {
  readonly type: ProcessorType;
  readonly parameters?: Parameter[];
}

interface Parameter {
  readonly parameterName: string;
  readonly parameterValue: string;
}

/** The settings that the processors depend on, all of them known. */
export interface ProcessingSettings {
  readonly delimiter: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly splitRecords?: string | undefined;
  readonly transform: TransformSettings;
}

interface TransformSettings {
  readonly functionArn?: string | undefined;
  readonly bufferSizeMiB: number;
  readonly bufferIntervalSeconds: number;
  readonly retries: number;
}

/**
 * The processors that settings turn on, in AWS's order. Parameters that equal AWS's defaults are left
 * out where the provider does not read them back: otherwise every preview would show a change.
 *
 * Source: Firehose API, ProcessorParameter; `flattenProcessingConfiguration` of
 * github.com/hashicorp/terraform-provider-aws.
 */
export function declaredProcessors(
  features: Features,
  settings: ProcessingSettings,
): DeclaredProcessor[] {
  return processorTypes(features, settings.delimiter).map((type) => {
    const parameters = Object.entries(parametersOf[type](settings)).map(
      ([parameterName, parameterValue]) => ({ parameterName, parameterValue }),
    );
    return parameters.length === 0 ? { type } : { type, parameters };
  });
}

const parametersOf: Readonly<
  Record<ProcessorType, (settings: ProcessingSettings) => Readonly<Record<string, string>>>
> = {
  Decompression: () => ({ CompressionFormat: "GZIP" }),
  CloudWatchLogProcessing: () => ({ DataMessageExtraction: "true" }),
  RecordDeAggregation: ({ splitRecords = "json" }) =>
    splitRecords === "json"
      ? { SubRecordType: "JSON" }
      : { SubRecordType: "DELIMITED", Delimiter: Buffer.from(splitRecords).toString("base64") },
  Lambda: ({ transform }) => functionParameters(transform),
  MetadataExtraction: ({ keys }) => ({
    MetadataExtractionQuery: metadataQuery(keys),
    JsonParsingEngine: "JQ-1.6",
  }),
  // The default delimiter is a line feed.
  AppendDelimiterToRecord: () => ({}),
};

function functionParameters(transform: TransformSettings): Readonly<Record<string, string>> {
  const { functionArn = "", bufferSizeMiB, bufferIntervalSeconds, retries } = transform;
  const isDefaultBuffer =
    bufferSizeMiB === transformDefaults.bufferSizeMiB &&
    bufferIntervalSeconds === transformDefaults.bufferIntervalSeconds;
  return {
    LambdaArn: functionArn,
    ...(retries !== transformDefaults.retries && { NumberOfRetries: String(retries) }),
    // AWS requires both or neither.
    ...(!isDefaultBuffer && {
      BufferSizeInMBs: String(bufferSizeMiB),
      BufferIntervalInSeconds: String(bufferIntervalSeconds),
    }),
  };
}
