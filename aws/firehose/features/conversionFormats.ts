import { Unknown } from "../../../engine/graph/resourceGraph";
import { numberIn, type NumberRange, oneOf } from "../model/allowedValues";
import type { Declared, DeclaredInputs } from "../model/declaredInputs";

/** How JSON is read for a conversion. */
export type Deserializer = OpenXJson | HiveJson;

export interface OpenXJson {
  readonly type: "OpenXJson";
  /** Whether JSON keys are read as lowercase. */
  readonly caseInsensitive: Declared<boolean>;
  readonly convertDotsInJsonKeysToUnderscores: Declared<boolean>;
  /** Column -> JSON key. */
  readonly columnToJsonKeyMappings: Declared<Readonly<Record<string, string>>>;
}

interface HiveJson {
  readonly type: "HiveJson";
  /** In the language of Joda's DateTimeFormat, or "millis"; empty for that of java.sql.Timestamp. */
  readonly timestampFormats: Declared<readonly string[]>;
}

/** How a converted object is written. */
export type Serializer = Parquet | Orc;

export interface Parquet {
  readonly type: "Parquet";
  readonly compression: Declared<"SNAPPY" | "GZIP" | "UNCOMPRESSED">;
  readonly writerVersion: Declared<"V1" | "V2">;
  readonly enableDictionaryCompression: Declared<boolean>;
  readonly blockSizeBytes: Declared<number>;
  readonly pageSizeBytes: Declared<number>;
  readonly maxPaddingBytes: Declared<number>;
}

interface Orc {
  readonly type: "Orc";
  readonly compression: Declared<"SNAPPY" | "ZLIB" | "NONE">;
  readonly formatVersion: Declared<"V0_12" | "V0_11">;
  readonly blockSizeBytes: Declared<number>;
  readonly stripeSizeBytes: Declared<number>;
  readonly rowIndexStride: Declared<number>;
  readonly enablePadding: Declared<boolean>;
  readonly paddingTolerance: Declared<number>;
  readonly dictionaryKeyThreshold: Declared<number>;
  readonly bloomFilterColumns: Declared<readonly string[]>;
  readonly bloomFilterFalsePositiveProbability: Declared<number>;
}

/** Reads an `inputFormatConfiguration`. Defaults: Firehose API, OpenXJsonSerDe and HiveJsonSerDe. */
export function readDeserializer(inputs: DeclaredInputs): Declared<Deserializer> | undefined {
  const chosen = chosenOf(inputs, "deserializer", ["openXJsonSerDe", "hiveJsonSerDe"]);
  if (chosen === undefined || chosen instanceof Unknown) return chosen;
  const { name, options } = chosen;
  if (name === "hiveJsonSerDe")
    return { type: "HiveJson", timestampFormats: options.strings("timestampFormats") ?? [] };
  const dots = "convertDotsInJsonKeysToUnderscores";
  return {
    type: "OpenXJson",
    caseInsensitive: options.flag("caseInsensitive") ?? true,
    [dots]: options.flag(dots) ?? false,
    columnToJsonKeyMappings: options.stringGroup("columnToJsonKeyMappings") ?? {},
  };
}

/** Reads an `outputFormatConfiguration`. Ranges and defaults: Firehose API, ParquetSerDe and OrcSerDe. */
export function readSerializer(inputs: DeclaredInputs): Declared<Serializer> | undefined {
  const chosen = chosenOf(inputs, "serializer", ["parquetSerDe", "orcSerDe"]);
  if (chosen === undefined || chosen instanceof Unknown) return chosen;
  return chosen.name === "parquetSerDe" ? readParquet(chosen.options) : readOrc(chosen.options);
}

const MiB = 1024 * 1024;
const block: NumberRange = { minimum: 64 * MiB };
const share: NumberRange = { minimum: 0, maximum: 1, whole: false };

function readParquet(options: DeclaredInputs): Parquet {
  return {
    type: "Parquet",
    compression: oneOf(options, "compression", ["SNAPPY", "GZIP", "UNCOMPRESSED"], "SNAPPY"),
    writerVersion: oneOf(options, "writerVersion", ["V1", "V2"], "V1"),
    enableDictionaryCompression: options.flag("enableDictionaryCompression") ?? false,
    blockSizeBytes: numberIn(options, "blockSizeBytes", block, 256 * MiB),
    pageSizeBytes: numberIn(options, "pageSizeBytes", { minimum: 64 * 1024 }, MiB),
    maxPaddingBytes: numberIn(options, "maxPaddingBytes", { minimum: 0 }, 0),
  };
}

function readOrc(options: DeclaredInputs): Orc {
  return {
    type: "Orc",
    compression: oneOf(options, "compression", ["SNAPPY", "ZLIB", "NONE"], "SNAPPY"),
    formatVersion: oneOf(options, "formatVersion", ["V0_12", "V0_11"], "V0_12"),
    blockSizeBytes: numberIn(options, "blockSizeBytes", block, 256 * MiB),
    stripeSizeBytes: numberIn(options, "stripeSizeBytes", { minimum: 8 * MiB }, 64 * MiB),
    rowIndexStride: numberIn(options, "rowIndexStride", { minimum: 1000 }, 10_000),
    enablePadding: options.flag("enablePadding") ?? false,
    paddingTolerance: numberIn(options, "paddingTolerance", share, 0.05),
    dictionaryKeyThreshold: numberIn(options, "dictionaryKeyThreshold", share, 0),
    bloomFilterColumns: options.strings("bloomFilterColumns") ?? [],
    bloomFilterFalsePositiveProbability: numberIn(
      options,
      "bloomFilterFalsePositiveProbability",
      share,
      0.05,
    ),
  };
}

/** The one of two groups that is set. AWS rejects none and both. */
function chosenOf<T extends string>(
  inputs: DeclaredInputs,
  kind: "deserializer" | "serializer",
  names: readonly [T, T],
): Declared<{ readonly name: T; readonly options: DeclaredInputs }> | undefined {
  const group = inputs.group(kind);
  if (group.isUnknown) return new Unknown();
  const set = names.filter((name) => group.has(name));
  const [name, other] = set;
  if (name === undefined || other !== undefined) {
    const found = name === undefined ? "is not set" : `has ${set.join(" and ")}`;
    if (inputs.isSet && !inputs.isUnknown)
      inputs.refuse(kind, `${found}; allowed: one of ${names.join(", ")}`);
    if (name === undefined) return undefined;
  }
  const options = group.group(name);
  return options.isUnknown ? new Unknown() : { name, options };
}
