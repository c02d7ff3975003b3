import type * as aws from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings/settings";

type Conversion = Settings["conversion"];
type Inputs =
  aws.kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationDataFormatConversionConfiguration;

const KiB = 1024;
const MiB = 1024 * 1024;

const bytes = (count: pulumi.Input<number>, unit: number): pulumi.Output<number> =>
  pulumi.output(count).apply((units) => units * unit);

/** An empty list or map is left out: AWS returns none, and every preview would show a change. */
const unlessEmpty = <T extends object>(value: pulumi.Input<T>): pulumi.Output<T | undefined> =>
  pulumi
    .output(value)
    .apply((known) => (Object.keys(known).length === 0 ? undefined : known)) as pulumi.Output<
    T | undefined
  >;

/** How JSON is read. Values that equal AWS's defaults are the provider's defaults too. */
export function inputFormat({ from, openX, hive }: Conversion): Inputs["inputFormatConfiguration"] {
  if (from === "hive")
    return {
      deserializer: { hiveJsonSerDe: { timestampFormats: unlessEmpty(hive.timestampFormats) } },
    };
  return {
    deserializer: {
      openXJsonSerDe: {
        caseInsensitive: openX.caseInsensitive,
        convertDotsInJsonKeysToUnderscores: openX.dotsToUnderscores,
        columnToJsonKeyMappings: unlessEmpty(openX.columnKeys),
      },
    },
  };
}

export function outputFormat({
  to,
  parquet,
  orc,
}: Conversion): Inputs["outputFormatConfiguration"] {
  if (to === "parquet")
    return {
      serializer: {
        parquetSerDe: {
          compression: parquet.compression,
          enableDictionaryCompression: parquet.dictionaryCompression,
          blockSizeBytes: bytes(parquet.blockSizeMiB, MiB),
          pageSizeBytes: bytes(parquet.pageSizeKiB, KiB),
          maxPaddingBytes: parquet.maxPaddingBytes,
          writerVersion: parquet.writerVersion,
        },
      },
    };
  return {
    serializer: {
      orcSerDe: {
        compression: orc.compression,
        formatVersion: orc.formatVersion,
        blockSizeBytes: bytes(orc.blockSizeMiB, MiB),
        stripeSizeBytes: bytes(orc.stripeSizeMiB, MiB),
        rowIndexStride: orc.rowIndexStride,
        enablePadding: orc.padding,
        paddingTolerance: orc.paddingTolerance,
        dictionaryKeyThreshold: orc.dictionaryThreshold,
        bloomFilterColumns: unlessEmpty(orc.bloomFilterColumns),
        bloomFilterFalsePositiveProbability: orc.bloomFilterFalsePositives,
      },
    },
  };
}
