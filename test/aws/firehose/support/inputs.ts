import type { Properties } from "../../../../engine/graph/resourceGraph";

/** A processor as a program declares it. */
export function processor(
  type: string,
  parameters: Readonly<Record<string, string>> = {},
): Properties {
  return {
    type,
    parameters: Object.entries(parameters).map(([parameterName, parameterValue]) => ({
      parameterName,
      parameterValue,
    })),
  };
}

export const functionArn = "arn:aws:lambda:eu-central-1:123456789012:function:clean";

export function lambda(parameters: Readonly<Record<string, string>> = {}): Properties {
  return processor("Lambda", { LambdaArn: functionArn, ...parameters });
}

export function extraction(parameters: Readonly<Record<string, string>> = {}): Properties {
  return processor("MetadataExtraction", {
    ...{ MetadataExtractionQuery: "{customer: .customer}", JsonParsingEngine: "JQ-1.6" },
    ...parameters,
  });
}

/** Enabled processing with these processors. */
export function processing(...processors: readonly Properties[]): Properties {
  return { processingConfiguration: { enabled: true, processors } };
}

/** Dynamic partitioning by a key that a query extracts, with the smallest buffer that it may have. */
export const partitioned = {
  prefix: "data/!{partitionKeyFromQuery:customer}/",
  errorOutputPrefix: "errors/!{firehose:error-output-type}/",
  dynamicPartitioningConfiguration: { enabled: true },
  ...processing(extraction()),
  bufferingSize: 64,
  bufferingInterval: 60,
};

/** A conversion from JSON to Parquet with only the inputs that are required. */
export const conversion = {
  inputFormatConfiguration: { deserializer: { openXJsonSerDe: {} } },
  outputFormatConfiguration: { serializer: { parquetSerDe: {} } },
  schemaConfiguration: {
    ...{ databaseName: "lake", tableName: "events" },
    roleArn: "arn:aws:iam::123456789012:role/catalog",
  },
};
