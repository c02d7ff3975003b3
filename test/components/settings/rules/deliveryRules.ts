import type { RejectedArgs, Rule } from "./rule";

const rejectedValue = (
  setting: string,
  value: unknown,
  allowed: RegExp,
  fix: "suggestion" | "none" = "suggestion",
): RejectedArgs => ({
  args: { delivery: { [setting]: value } },
  path: `delivery.${setting}`,
  reason: new RegExp(`^is ${JSON.stringify(value).replace(/[.*+?^$()[\]{}|\\]/g, "\\$&")}`),
  allowed,
  ...(fix === "suggestion" && { fix }),
});

const extension = /^a dot and up to 49 lowercase letters/;
const zone = /^UTC or an IANA time zone such as Europe\/Berlin$/;

export const deliveryRules: readonly Rule[] = [
  {
    rule: "the buffer size is 1 to 128 MiB",
    source: "Firehose API, BufferingHints (SizeInMBs)",
    accepted: [{ delivery: { bufferSizeMiB: 1 } }, { delivery: { bufferSizeMiB: 128 } }],
    rejected: [0, 129, 1.5, "5"].map((value) =>
      rejectedValue("bufferSizeMiB", value, /^a whole number of MiB from 1 to 128$/),
    ),
  },
  {
    rule: "the buffer interval is at most 900 seconds",
    source: "Firehose API, BufferingHints (IntervalInSeconds)",
    accepted: [
      { delivery: { bufferIntervalSeconds: 0 } },
      { delivery: { bufferIntervalSeconds: 900 } },
    ],
    rejected: [-1, 901].map((value) =>
      rejectedValue("bufferIntervalSeconds", value, /^a whole number of seconds from 0 to 900$/),
    ),
  },
  {
    rule: "a compression is spelled as in the API",
    source: "Firehose API, ExtendedS3DestinationConfiguration (CompressionFormat)",
    accepted: ["UNCOMPRESSED", "GZIP", "ZIP", "Snappy", "HADOOP_SNAPPY"].map((compression) => ({
      delivery: { compression },
    })),
    rejected: ["gzip", "SNAPPY", "BZIP2", ""].map((value) =>
      rejectedValue("compression", value, /^GZIP, UNCOMPRESSED, ZIP, Snappy, HADOOP_SNAPPY$/),
    ),
  },
  {
    rule: "a file extension is a dot and up to 49 characters that the API accepts",
    source: "Firehose API, FileExtension; the provider accepts 50 characters",
    accepted: [
      { delivery: { fileExtension: ".gz" } },
      { delivery: { fileExtension: `.${"a".repeat(46)}.gz` } },
      { delivery: { fileExtension: ".0-9!_*'().gz" } },
    ],
    rejected: ["", ".", "json.gz", ".JSON.gz", ".js on.gz", `.${"a".repeat(47)}.gz`].map((value) =>
      rejectedValue("fileExtension", value, extension, "none"),
    ),
  },
  {
    rule: "a file extension matches the compression",
    source: "the pipeline's: Athena, Spark and Hadoop choose the decompression by it",
    accepted: [
      { delivery: { fileExtension: ".json.zip", compression: "ZIP" } },
      { delivery: { fileExtension: ".snappy", compression: "HADOOP_SNAPPY" } },
      { delivery: { fileExtension: ".json", compression: "UNCOMPRESSED" } },
    ],
    rejected: [
      {
        args: { delivery: { fileExtension: ".json" } },
        path: "delivery.fileExtension",
        reason: /^is "\.json", by which readers do not recognize the compression GZIP$/,
        allowed: /^a string that ends in \.gz$/,
        fix: "suggestion",
      },
      {
        args: { delivery: { fileExtension: ".gz", compression: "Snappy" } },
        path: "delivery.fileExtension",
        reason: /compression Snappy$/,
        allowed: /^a string that ends in \.snappy$/,
        fix: "suggestion",
      },
      {
        args: { delivery: { fileExtension: ".json.gz", compression: "UNCOMPRESSED" } },
        path: "delivery.fileExtension",
        reason: /^is "\.json\.gz", but the objects are not compressed$/,
        allowed: /^a string that does not end in \.gz; or delivery\.recordCompression GZIP, /,
        fix: "suggestion",
      },
      {
        args: {
          delivery: { fileExtension: ".zip", compression: "UNCOMPRESSED", delimiter: "none" },
        },
        path: "delivery.fileExtension",
        reason: /^is "\.zip", but the objects are not compressed$/,
        allowed: /^a string that does not end in \.zip$/,
        fix: "suggestion",
      },
    ],
  },
  {
    rule: "records that are themselves compressed are joined as they are",
    source: "RFC 1952, 2.2: a file of several members; Firehose API, AppendDelimiterToRecord",
    accepted: [
      { delivery: { recordCompression: "none" } },
      { delivery: { recordCompression: "GZIP" } },
      { delivery: { recordCompression: "GZIP", fileExtension: ".json.gz" } },
      { delivery: { recordCompression: "GZIP", compression: "UNCOMPRESSED", delimiter: "none" } },
      // Without a word about the records: a warning only.
      { delivery: { fileExtension: ".gz", compression: "UNCOMPRESSED", delimiter: "none" } },
    ],
    rejected: [
      {
        args: { delivery: { recordCompression: "gzip" } },
        path: "delivery.recordCompression",
        reason: /^is "gzip"$/,
        allowed: /^none, GZIP$/,
        fix: "suggestion",
      },
      {
        args: { delivery: { recordCompression: "GZIP", compression: "GZIP" } },
        path: "delivery.compression",
        reason: /^is GZIP, but delivery\.recordCompression is GZIP: .* only once$/,
        allowed: /^UNCOMPRESSED, or delivery\.recordCompression none$/,
        fix: "suggestion",
      },
      {
        args: { delivery: { recordCompression: "GZIP", compression: "gzip" } },
        path: "delivery.compression",
        reason: /^is "gzip"$/,
        allowed: /^GZIP, UNCOMPRESSED, /,
        fix: "suggestion",
      },
      {
        args: { delivery: { recordCompression: "GZIP", delimiter: "newline" } },
        path: "delivery.delimiter",
        reason: /^is newline, but delivery\.recordCompression is GZIP: .* after the first record$/,
        allowed: /^none, or delivery\.recordCompression none$/,
        fix: "suggestion",
      },
      {
        args: { delivery: { recordCompression: "GZIP", fileExtension: ".json" } },
        path: "delivery.fileExtension",
        reason: /^is "\.json", by which readers do not recognize the compression GZIP$/,
        allowed: /^a string that ends in \.gz$/,
        fix: "suggestion",
      },
    ],
  },
  {
    rule: "a time zone is UTC or an IANA name with a region",
    source: "Firehose API, CustomTimeZone: up to 50 of a-z, A-Z, / and _, no three-letter names",
    accepted: [
      ...["UTC", "Europe/Berlin", "Asia/Kolkata", "America/Argentina/Buenos_Aires"],
      ...["Africa/Dar_es_Salaam", "Antarctica/DumontDUrville", "US/Pacific"],
      ...Intl.supportedValuesOf("timeZone").filter((name) =>
        /^(?!Etc)[A-Za-z_]+\/[A-Za-z_/]+$/.test(name),
      ),
    ].map((timeZone) => ({ delivery: { timeZone } })),
    rejected: [
      ...["CET", "Etc/UTC", "GMT+1", "Europe/Berln", "Europe/berlin", "europe/Berlin"],
      ...["Europe/BERLIN", "America/Port-au-Prince", "Etc/GMT+8", "", "UTC "],
    ].map((value) => rejectedValue("timeZone", value, zone)),
  },
  {
    rule: "the delimiter is newline or none",
    source: "Firehose API, AppendDelimiterToRecord",
    accepted: [{ delivery: { delimiter: "newline" } }, { delivery: { delimiter: "none" } }],
    rejected: ["\n", "comma"].map((value) => rejectedValue("delimiter", value, /^newline, none$/)),
  },
  {
    rule: "the error log is kept for one of the periods that CloudWatch Logs supports",
    source: "CloudWatch Logs API, PutRetentionPolicy",
    accepted: [
      { delivery: { logRetentionDays: 1 } },
      { delivery: { logRetentionDays: 1096 } },
      { delivery: { logRetentionDays: 3653 } },
    ],
    rejected: [0, 2, 100, 3654, "90"].map((value) =>
      rejectedValue("logRetentionDays", value, /^days: 1, 3, 5, .*, 3653$/),
    ),
  },
];
