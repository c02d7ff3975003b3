import * as z from "zod";
import { amount, flag, group, list, oneOf, whole } from "../leaf";

const share = { min: 0, max: 1, unit: "(ratio, 0-1)" };

/** The API's numbers of bytes have 31 bits. */
const block = { min: 64, max: 2047, unit: "MiB" };

/** Source: Firehose API, OpenXJsonSerDe. */
export const openX = group("OpenXSettings", "How the OpenX JSON SerDe reads records.", {
  caseInsensitive: flag("Read the names of members as lowercase, like columns.").default(true),
  dotsToUnderscores: flag(
    "Read dots in names as underscores, because columns have no dots.",
  ).default(false),
  columnKeys: z
    .record(
      z.string().min(1).max(1024).regex(/^\S+$/),
      z
        .string()
        .regex(/\S/)
        .max(1024)
        .meta({ allowed: "the name of a member of up to 1024 characters" }),
    )
    .meta({
      description: "Names of members by the columns that contain them, where the two differ.",
      allowed: "names of members by column",
      decisive: true,
    })
    .default({}),
}).prefault({});

/** Source: Firehose API, HiveJsonSerDe. */
export const hive = group("HiveSettings", "How the Hive JSON SerDe reads records.", {
  timestampFormats: list(
    "Formats of timestamps, in the language of Joda-Time's DateTimeFormat, or millis for milliseconds since 1970.",
    z.string().min(1).max(1024).regex(/\S/).meta({
      description: "Format of timestamps.",
      allowed: "a format such as yyyy-MM-dd'T'HH:mm:ss'Z', or millis",
    }),
    { most: 50, allowed: "a list of formats such as yyyy-MM-dd'T'HH:mm:ss'Z', or millis" },
  ).default([]),
}).prefault({});

/** Source: Firehose API, ParquetSerDe. */
export const parquet = group("ParquetSettings", "How Parquet objects are written.", {
  compression: oneOf("ParquetCompression", "Compression in the objects.", [
    "SNAPPY",
    "GZIP",
    "UNCOMPRESSED",
  ]).default("SNAPPY"),
  dictionaryCompression: flag("Replace repeated values with references.").default(false),
  blockSizeMiB: whole(
    "Size of a block of HDFS, for readers that copy the objects there.",
    block,
  ).default(256),
  pageSizeKiB: whole("Size of a page, the unit of compression.", {
    min: 64,
    max: 1_048_576,
    unit: "KiB",
  }).default(1024),
  maxPaddingBytes: whole("Padding at most, so that a row group begins with a block of HDFS.", {
    min: 0,
    max: 2_147_483_647,
    unit: "bytes",
  }).default(0),
  writerVersion: oneOf("ParquetWriterVersion", "Version of the row format.", ["V1", "V2"]).default(
    "V1",
  ),
}).prefault({});

/** Source: Firehose API, OrcSerDe. */
export const orc = group("OrcSettings", "How ORC objects are written.", {
  compression: oneOf("OrcCompression", "Compression in the objects.", [
    "SNAPPY",
    "ZLIB",
    "NONE",
  ]).default("SNAPPY"),
  blockSizeMiB: whole(
    "Size of a block of HDFS, for readers that copy the objects there.",
    block,
  ).default(256),
  stripeSizeMiB: whole("Size of a stripe.", { min: 8, max: 2047, unit: "MiB" }).default(64),
  rowIndexStride: whole("Number of rows between two entries of the index.", {
    min: 1000,
    max: 2_147_483_647,
    unit: "rows",
  }).default(10_000),
  padding: flag("Pad stripes to the blocks of HDFS.").default(false),
  paddingTolerance: amount("Part of a stripe that padding may take.", share).default(0.05),
  bloomFilterColumns: list(
    "Columns with Bloom filters, for queries that compare them with single values.",
    z
      .string()
      .min(1)
      .max(1024)
      .meta({ description: "Name of a column.", allowed: "the name of a column" }),
    { most: 1000, allowed: "a list of names of columns" },
  ).default([]),
  bloomFilterFalsePositives: amount("False positives of the Bloom filters.", share).default(0.05),
  dictionaryThreshold: amount(
    "Distinct values of a column up to which it has a dictionary. 1 means always.",
    share,
  ).default(0),
  formatVersion: oneOf("OrcFormatVersion", "Version of the format.", ["V0_12", "V0_11"]).default(
    "V0_12",
  ),
}).prefault({});
