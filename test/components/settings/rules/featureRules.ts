import { arns, type Rule } from "./rule";

const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:redact";
const tableArn = "arn:aws:glue:us-east-1:123456789012:table/lake/clicks";
const columns = [{ name: "customer", type: "string" }];
const keys = { customer: ".customer" };
const partitioned = { partitioning: { keys } };
const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, ".a"]));
export const partitioningRules: readonly Rule[] = [
  {
    rule: "a buffer for partitions has 64 MiB or more, and 60 seconds or more",
    source: "what AWS answers: BufferingHints.SizeInMBs must be at least 64; CDK for the interval",
    accepted: [{ ...partitioned, delivery: { bufferSizeMiB: 64, bufferIntervalSeconds: 60 } }],
    rejected: [
      {
        args: { ...partitioned, delivery: { bufferSizeMiB: 63 } },
        path: "delivery.bufferSizeMiB",
        reason:
          /^is 63, but BufferingHints\.SizeInMBs must be at least 64 when Dynamic Partitioning is enabled$/,
        allowed: /^a whole number of MiB from 64 to 128$/,
        fix: "suggestion",
      },
      {
        args: { ...partitioned, delivery: { bufferIntervalSeconds: 59 } },
        path: "delivery.bufferIntervalSeconds",
        reason: /^is 59, but AWS requires at least 60/,
        allowed: /60 to 900/,
        fix: "suggestion",
      },
    ],
  },
  {
    rule: "an expression compiles with jq 1.6",
    source: "Firehose API, JsonParsingEngine JQ-1.6; AWS does not check it, and each record fails",
    accepted: [".a", '.a // "x"', "if .a then .a else .b end", ".a | tostring"].map((a) => ({
      partitioning: { keys: { a } },
    })),
    rejected: (
      [
        [".a |", /^does not compile: syntax error/],
        ["nope", /^does not compile: nope\/0 is not defined$/],
        [".a), x:(.b", /^does not compile/],
        ["if .a then .a end", /^has if without else, which Firehose's jq 1\.6 does not have$/],
        [".a.[0]", /^has a dot in front of a bracket/],
      ] as const
    ).map(([a, reason]) => ({
      args: { partitioning: { keys: { a } } },
      path: "partitioning.keys.a",
      reason,
      allowed: /^an expression that jq 1\.6 compiles, such as \.customer$/,
    })),
  },
  {
    rule: "the expressions are a query of up to 5120 characters",
    source: "Firehose API, ProcessorParameterValue",
    accepted: [{ partitioning: { keys: { a: `.${"b".repeat(5115)}` } } }],
    rejected: [
      {
        args: { partitioning: { keys: { a: `.${"b".repeat(5116)}` } } },
        path: "partitioning.keys",
        reason: /^are a query of 5121 characters together$/,
        allowed: /5120/,
      },
    ],
  },
  {
    rule: "a key has a name that jq and a table accept",
    source: "jq manual, object construction; Athena User Guide",
    accepted: [{ partitioning: { keys: { customer_Id2: ".a" } } }],
    rejected: ["customer-id", "2a", "a b"].map((name) => ({
      args: { partitioning: { keys: { [name]: ".a" } } },
      path: name.includes(" ") ? `partitioning.keys["${name}"]` : `partitioning.keys.${name}`,
      reason: /^has a name that is not allowed$/,
      allowed: /./,
      fix: "removal" as const,
    })),
  },
  {
    rule: "a prefix has room for the keys, each of which exists once",
    source: "Firehose API, Prefix; columns of a table ignore case",
    accepted: [
      { partitioning: { keys: many(9) } },
      { ...partitioned, transform: { functionArn, partitionKeys: ["tenant"] } },
    ],
    rejected: [
      {
        args: { partitioning: { keys: many(51) } },
        path: "partitioning.keys",
        reason: /^make a default prefix that has \d+ characters$/,
        allowed: /^fewer or shorter keys, or delivery\.prefix$/,
      },
      {
        args: { ...partitioned, transform: { functionArn, partitionKeys: ["Customer"] } },
        path: "transform.partitionKeys[0]",
        reason: /^repeats the partition key Customer of partitioning\.keys$/,
        allowed: /^each key once/,
        fix: "removal",
      },
    ],
  },
  {
    rule: "the prefix has each key, and no others",
    source: "what AWS answers: MetaDataExtraction JQ Query can't contain keys that are not present",
    accepted: [
      {
        ...partitioned,
        delivery: { prefix: "lake/!{partitionKeyFromQuery:customer}/!{timestamp:yyyy}/" },
      },
    ],
    rejected: [
      {
        args: { ...partitioned, delivery: { prefix: "lake/!{timestamp:yyyy}/" } },
        path: "delivery.prefix",
        reason: /^does not have "!\{partitionKeyFromQuery:customer\}": MetaDataExtraction JQ Query/,
        allowed: /^a prefix with each partition key, and no others$/,
        fix: "suggestion",
      },
      {
        args: {
          ...partitioned,
          delivery: { prefix: "!{partitionKeyFromQuery:customer}/!{partitionKeyFromLambda:x}/" },
        },
        path: "delivery.prefix",
        reason: /^has "!\{partitionKeyFromLambda:x\}", but transform\.partitionKeys has no "x"$/,
        allowed: /./,
        fix: "suggestion",
      },
    ],
  },
  {
    rule: "records are split only for partitions",
    source: "what AWS answers: RecordDeAggregation requires dynamic partitioning",
    accepted: [{ partitioning: { keys, splitRecords: "json" } }],
    rejected: [
      {
        args: { partitioning: { splitRecords: "json" } },
        path: "partitioning.splitRecords",
        reason: /AWS allows RecordDeAggregation only with dynamic partitioning$/,
        allowed: /^only together with partitioning\.keys or transform\.partitionKeys$/,
        fix: "removal",
      },
      {
        args: { partitioning: { retrySeconds: 0 } },
        path: "partitioning.retrySeconds",
        reason: /^has no effect without partitioning\.keys$/,
        allowed: /./,
        fix: "removal",
      },
    ],
  },
  {
    rule: "keys are not read from what the extraction of messages removes",
    source: "Firehose Developer Guide, Message extraction",
    accepted: [{ ...partitioned, delivery: { cloudWatchLogs: "messages" } }],
    rejected: [
      {
        args: {
          partitioning: { keys: { group: ".logGroup" } },
          delivery: { cloudWatchLogs: "messages" },
        },
        path: "partitioning.keys.group",
        reason: /^reads \.logGroup, which delivery\.cloudWatchLogs messages removes/,
        allowed: /./,
      },
    ],
  },
  {
    rule: "records that stay compressed are not read",
    source: "the settings contradict each other",
    accepted: [{ transform: { functionArn }, delivery: { recordCompression: "GZIP" } }],
    rejected: [
      { ...partitioned },
      { conversion: { tableArn } },
      { delivery: { cloudWatchLogs: "decompress" } },
    ].map((args: { delivery?: object }) => ({
      args: { ...args, delivery: { ...args.delivery, recordCompression: "GZIP" } },
      path: "delivery.recordCompression",
      reason: /^is GZIP, which means that records stay compressed, but /,
      allowed: /^none$/,
      fix: "suggestion" as const,
    })),
  },
  {
    rule: "there are at most 5 processors",
    source: "what AWS answers: A maximum of 5 and a minimum of 1 processor",
    accepted: [
      {
        partitioning: { keys, splitRecords: "json" },
        transform: { functionArn },
        delivery: { cloudWatchLogs: "messages" },
      },
    ],
    rejected: [
      {
        args: {
          partitioning: { keys, splitRecords: "json" },
          transform: { functionArn },
          delivery: { cloudWatchLogs: "messages", delimiter: "newline" },
        },
        path: "delivery.delimiter",
        reason: /^is newline, which makes 6 processors, but AWS allows a maximum of 5$/,
        allowed: /^none/,
        fix: "suggestion",
      },
    ],
  },
];

export const transformRules: readonly Rule[] = [
  {
    rule: "the parameters of a function are within AWS's ranges",
    source: "what AWS answers to CreateDeliveryStream",
    accepted: [
      { transform: { functionArn, bufferSizeMiB: 0.2, bufferIntervalSeconds: 0, retries: 0 } },
      { transform: { functionArn, bufferSizeMiB: 3, bufferIntervalSeconds: 900, retries: 300 } },
      { transform: { functionArn: `${functionArn}:$LATEST` } },
    ],
    rejected: [
      ...[0.1, 3.1].map((bufferSizeMiB) => ({ bufferSizeMiB })),
      ...[-1, 901].map((bufferIntervalSeconds) => ({ bufferIntervalSeconds })),
      ...[-1, 301].map((retries) => ({ retries })),
    ].map((transform) => ({
      args: { transform: { functionArn, ...transform } },
      path: `transform.${Object.keys(transform)[0] ?? ""}`,
      reason: /^is /,
      allowed: /number of/,
      fix: "suggestion" as const,
    })),
  },
  {
    rule: "settings of a function require its ARN",
    source: "they would have no effect",
    accepted: [],
    rejected: [
      {
        args: { transform: { retries: 1 } },
        path: "transform.retries",
        reason: /^has no effect without transform\.functionArn$/,
        allowed: /./,
        fix: "removal",
      },
    ],
  },
];

export const conversionRules: readonly Rule[] = [
  {
    rule: "a conversion has one table",
    source: "Firehose API, SchemaConfiguration",
    accepted: [{ conversion: { tableArn } }, { conversion: { catalog: { columns } } }],
    rejected: [
      {
        args: { conversion: { tableArn, catalog: { columns } } },
        path: "conversion.catalog",
        reason: /^declares a new table, but conversion\.tableArn specifies an existing one$/,
        allowed: /^one of the two$/,
        fix: "removal",
      },
      {
        args: { conversion: { to: "orc" } },
        path: "conversion.to",
        reason: /^has no effect without conversion\.tableArn or conversion\.catalog\.columns$/,
        allowed: /./,
        fix: "removal",
      },
    ],
  },
  {
    rule: "options belong to the formats that are chosen",
    source: "Firehose API: one deserializer, one serializer",
    accepted: [{ conversion: { tableArn, to: "orc", orc: { padding: true } } }],
    rejected: [
      {
        args: { conversion: { tableArn, orc: { padding: true } } },
        path: "conversion.orc",
        reason: /^has no effect without conversion\.to: orc$/,
        allowed: /./,
        fix: "removal",
      },
      {
        args: { conversion: { tableArn, from: "hive", openX: { caseInsensitive: true } } },
        path: "conversion.openX",
        reason: /^has no effect without conversion\.from: openx$/,
        allowed: /./,
        fix: "removal",
      },
    ],
  },
  {
    rule: "converted objects are neither compressed nor divided into lines by Firehose",
    source:
      "what AWS answers: The S3 destination's compression format must be set to UNCOMPRESSED when data format conversion is enabled",
    accepted: [
      {
        conversion: { tableArn },
        delivery: { compression: "UNCOMPRESSED", delimiter: "none", fileExtension: ".x.parquet" },
      },
    ],
    rejected: [
      { compression: "GZIP" },
      { delimiter: "newline" },
      { fileExtension: ".json.gz" },
      { bufferSizeMiB: 63 },
    ].map((delivery) => ({
      args: { conversion: { tableArn }, delivery },
      path: `delivery.${Object.keys(delivery)[0] ?? ""}`,
      reason: /^is /,
      allowed: /^(UNCOMPRESSED|none|a string that ends in \.parquet|a whole number of MiB from 64)/,
      fix: "suggestion" as const,
    })),
  },
  {
    rule: "a column has a type of Hive, and a name of its own",
    source: "Athena User Guide, Data types in Amazon Athena",
    accepted: [
      ...[
        "decimal(38,38)",
        "char(255)",
        "varchar(65535)",
        "array<map<string,struct<a:int,b:date>>>",
      ],
      ...["bigint", "timestamp", "binary"],
    ].map((type) => ({ conversion: { catalog: { columns: [{ name: "a", type }] } } })),
    rejected: [
      ...["integer", "decimal(39,1)", "decimal(2,3)", "char(256)", "char(1,1)", "array<>"],
      ...["map<string>", "map<string,int,int>", "struct<a>", "array<int", "string "],
    ].map((type) => ({
      args: { conversion: { catalog: { columns: [{ name: "a", type }] } } },
      path: "conversion.catalog.columns[0].type",
      reason: /^is "/,
      allowed: /^tinyint, smallint/,
    })),
  },
  {
    rule: "options name columns of the new table, each of which exists once",
    source: "they would have no effect",
    accepted: [
      { conversion: { catalog: { columns }, openX: { columnKeys: { customer: "Customer" } } } },
    ],
    rejected: [
      {
        args: { conversion: { catalog: { columns }, openX: { columnKeys: { x: "y" } } } },
        path: "conversion.openX.columnKeys.x",
        reason: /^names the column "x", which conversion\.catalog\.columns does not have$/,
        allowed: /./,
        fix: "removal",
      },
      {
        args: { conversion: { catalog: { columns: [...columns, ...columns] } } },
        path: "conversion.catalog.columns[1]",
        reason: /^repeats the column customer$/,
        allowed: /^each name once$/,
        fix: "removal",
      },
    ],
  },
];

export const backupRules: readonly Rule[] = [
  {
    rule: "settings of the backup require that it is on",
    source: "they would have no effect",
    accepted: [
      { backup: { enabled: true, prefix: "all/", errorPrefix: "bad/" } },
      { backup: { bucketArn: "arn:aws:s3:::backup" } },
      { backup: { enabled: true, bufferIntervalSeconds: 60, expiryDays: 1 } },
    ],
    rejected: [
      {
        args: { backup: { bufferSizeMiB: 1 } },
        path: "backup.bufferSizeMiB",
        reason: /^has no effect without backup\.enabled: true or backup\.bucketArn$/,
        allowed: /./,
        fix: "removal",
      },
      {
        args: { backup: { enabled: false, bucketArn: "arn:aws:s3:::backup" } },
        path: "backup.enabled",
        reason: /^is false, but backup\.bucketArn specifies/,
        allowed: /^true, or no backup\.bucketArn$/,
        fix: "suggestion",
      },
      {
        args: { backup: { enabled: true, bucketAccountId: "123456789012" } },
        path: "backup.bucketAccountId",
        reason: /^has no effect without backup\.bucketArn$/,
        allowed: /./,
        fix: "removal",
      },
      {
        args: { backup: { bucketArn: "arn:aws:s3:::backup", expiryDays: 1 } },
        path: "backup.expiryDays",
        reason: /^has no effect on the existing bucket/,
        allowed: /./,
        fix: "removal",
      },
    ],
  },
  {
    rule: "the backup's buffer interval is 60 to 900 seconds",
    source: "Firehose Developer Guide, S3 backup",
    accepted: [{ backup: { enabled: true, bufferIntervalSeconds: 900 } }],
    rejected: [59, 901].map((bufferIntervalSeconds) => ({
      args: { backup: { enabled: true, bufferIntervalSeconds } },
      path: "backup.bufferIntervalSeconds",
      reason: /^is /,
      allowed: /60 to 900/,
      fix: "suggestion" as const,
    })),
  },
  {
    rule: "source records are apart from data and errors",
    source: "readers of the data would read them too",
    accepted: [{ existing: { bucketArn: arns.bucketArn }, backup: { bucketArn: arns.bucketArn } }],
    rejected: [
      {
        args: {
          existing: { bucketArn: arns.bucketArn },
          backup: { bucketArn: arns.bucketArn, prefix: "raw/", errorPrefix: "bad/" },
        },
        path: "backup.prefix",
        reason: /^begins with "raw\/", so source records would be among the data/,
        allowed: /^a prefix that is apart from delivery\.prefix/,
        fix: "suggestion",
      },
      {
        args: { backup: { enabled: true, prefix: "!{partitionKeyFromQuery:a}/" } },
        path: "backup.prefix",
        reason: /needs dynamic partitioning$/,
        allowed: /./,
        fix: "suggestion",
      },
    ],
  },
];
