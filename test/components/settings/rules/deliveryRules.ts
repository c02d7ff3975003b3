import type { Refused, Rule } from "./rule";

const refusedValue = (
  setting: string,
  value: unknown,
  allowed: RegExp,
  mend: "accepted" | "none" = "accepted",
): Refused => ({
  args: { delivery: { [setting]: value } },
  path: `delivery.${setting}`,
  reason: new RegExp(`^is ${JSON.stringify(value).replace(/[.*+?^$()[\]{}|\\]/g, "\\$&")}`),
  allowed,
  ...(mend === "accepted" && { mend }),
});

const extension = /^a dot and up to 49 lower-case letters/;
const zone = /^UTC or an IANA time zone such as Europe\/Berlin$/;

export const deliveryRules: readonly Rule[] = [
  {
    rule: "the buffer holds 1 to 128 MiB",
    source: "Firehose API, BufferingHints (SizeInMBs)",
    accepted: [{ delivery: { bufferSizeMiB: 1 } }, { delivery: { bufferSizeMiB: 128 } }],
    refused: [0, 129, 1.5, "5"].map((value) =>
      refusedValue("bufferSizeMiB", value, /^a whole number of MiB from 1 to 128$/),
    ),
  },
  {
    rule: "the buffer waits for a quarter of an hour at most",
    source: "Firehose API, BufferingHints (IntervalInSeconds)",
    accepted: [
      { delivery: { bufferIntervalSeconds: 0 } },
      { delivery: { bufferIntervalSeconds: 900 } },
    ],
    refused: [-1, 901].map((value) =>
      refusedValue("bufferIntervalSeconds", value, /^a whole number of seconds from 0 to 900$/),
    ),
  },
  {
    rule: "a compression is written as the API writes it",
    source: "Firehose API, ExtendedS3DestinationConfiguration (CompressionFormat)",
    accepted: ["UNCOMPRESSED", "GZIP", "ZIP", "Snappy", "HADOOP_SNAPPY"].map((compression) => ({
      delivery: { compression },
    })),
    refused: ["gzip", "SNAPPY", "BZIP2", ""].map((value) =>
      refusedValue("compression", value, /^GZIP, UNCOMPRESSED, ZIP, Snappy, HADOOP_SNAPPY$/),
    ),
  },
  {
    rule: "a file extension is a dot and up to 49 characters that the API knows",
    source: "Firehose API, FileExtension; the provider takes 50 characters",
    accepted: [
      { delivery: { fileExtension: ".gz" } },
      { delivery: { fileExtension: `.${"a".repeat(46)}.gz` } },
      { delivery: { fileExtension: ".0-9!_*'().gz" } },
    ],
    refused: ["", ".", "json.gz", ".JSON.gz", ".js on.gz", `.${"a".repeat(47)}.gz`].map((value) =>
      refusedValue("fileExtension", value, extension, "none"),
    ),
  },
  {
    rule: "a file extension tells the compression",
    source: "the pipeline's: Athena, Spark and Hadoop choose the decompression by it",
    accepted: [
      { delivery: { fileExtension: ".json.zip", compression: "ZIP" } },
      { delivery: { fileExtension: ".snappy", compression: "HADOOP_SNAPPY" } },
      { delivery: { fileExtension: ".json", compression: "UNCOMPRESSED" } },
    ],
    refused: [
      {
        args: { delivery: { fileExtension: ".json" } },
        path: "delivery.fileExtension",
        reason: /^is "\.json", by which readers do not see the compression GZIP$/,
        allowed: /^a text that ends in \.gz$/,
        mend: "accepted",
      },
      {
        args: { delivery: { fileExtension: ".gz", compression: "Snappy" } },
        path: "delivery.fileExtension",
        reason: /compression Snappy$/,
        allowed: /^a text that ends in \.snappy$/,
        mend: "accepted",
      },
      {
        args: { delivery: { fileExtension: ".json.gz", compression: "UNCOMPRESSED" } },
        path: "delivery.fileExtension",
        reason: /^is "\.json\.gz", but the objects are not compressed$/,
        allowed: /^a text that does not end in \.gz$/,
        mend: "accepted",
      },
    ],
  },
  {
    rule: "a time zone is UTC or an IANA name with a region",
    source: "Firehose API, CustomTimeZone: up to 50 of a-z, A-Z, / and _, no three-letter names",
    accepted: [
      ...["UTC", "Europe/Berlin", "Asia/Kolkata", "America/Argentina/Buenos_Aires"],
      ...["Africa/Dar_es_Salaam", "Antarctica/DumontDUrville", "US/Pacific"],
    ].map((timeZone) => ({ delivery: { timeZone } })),
    refused: [
      ...["CET", "Etc/UTC", "GMT+1", "Europe/Berln", "Europe/berlin", "europe/Berlin"],
      ...["Europe/BERLIN", "America/Port-au-Prince", "Etc/GMT+8", "", "UTC "],
    ].map((value) => refusedValue("timeZone", value, zone)),
  },
  {
    rule: "a delimiter is newline or none",
    source: "Firehose API, AppendDelimiterToRecord",
    accepted: [{ delivery: { delimiter: "newline" } }, { delivery: { delimiter: "none" } }],
    refused: ["\n", "comma"].map((value) => refusedValue("delimiter", value, /^newline, none$/)),
  },
  {
    rule: "the error log is kept for one of the periods that CloudWatch Logs has",
    source: "CloudWatch Logs API, PutRetentionPolicy",
    accepted: [
      { delivery: { logRetentionDays: 1 } },
      { delivery: { logRetentionDays: 1096 } },
      { delivery: { logRetentionDays: 3653 } },
    ],
    refused: [0, 2, 100, 3654, "90"].map((value) =>
      refusedValue("logRetentionDays", value, /^days: 1, 3, 5, .*, 3653$/),
    ),
  },
];
