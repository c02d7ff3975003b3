import { arns, type RejectedArgs, type Rule } from "./rule";

const guide = 'Firehose Developer Guide, "Custom prefixes for Amazon S3 objects"';
const prefix = (data: string, errorPrefix?: string) => ({
  delivery: { prefix: data, ...(errorPrefix !== undefined && { errorPrefix }) },
});
const rejectedPrefix = (data: string, reason: RegExp, allowed = /./): RejectedArgs => ({
  args: prefix(data),
  path: "delivery.prefix",
  reason,
  allowed,
  fix: "suggestion",
});
const rejectedErrorPrefix = (
  errorPrefix: string,
  reason: RegExp,
  allowed = /./,
  data = "raw/!{timestamp:yyyy}/",
): RejectedArgs => ({
  args: prefix(data, errorPrefix),
  path: "delivery.errorPrefix",
  reason,
  allowed,
  fix: "suggestion",
});

const byType = "!{firehose:error-output-type}/";

export const prefixRules: readonly Rule[] = [
  {
    rule: "an expression is !{, a namespace, a value and }",
    source: guide,
    accepted: [
      prefix("raw/!{timestamp:yyyy}/!{firehose:random-string}/"),
      prefix("raw/{not}!an$expression/"),
    ],
    rejected: [
      rejectedPrefix("raw/!{timestamp:yyyy", /^has "!{timestamp:yyyy", where no } closes/),
      rejectedPrefix("raw/!{}/", /^has "!{}", which is not of the form/),
      rejectedPrefix("raw/!{timestamp:}/", /not of the form !{namespace:value}/),
      rejectedPrefix("raw/!{timestamp:{yyyy}}/", /not of the form/),
      rejectedPrefix("raw/!{date:yyyy}/", /"date" is not a namespace/, /!{timestamp:pattern}/),
    ],
  },
  {
    rule: "Firehose provides a random string and, in the error prefix, the error type",
    source: guide,
    accepted: [
      prefix("raw/!{firehose:random-string}/"),
      prefix("raw/", `failed/!{firehose:random-string}/${byType}`),
    ],
    rejected: [
      rejectedPrefix("raw/!{firehose:uuid}/", /has no value "uuid"/, /random-string/),
      rejectedPrefix(`raw/${byType}`, /which only the error prefix supports$/),
    ],
  },
  {
    rule: "partition keys need dynamic partitioning, which this pipeline does not support",
    source: guide,
    accepted: [],
    rejected: [
      rejectedPrefix("raw/!{partitionKeyFromQuery:id}/", /needs dynamic partitioning$/),
      rejectedPrefix("raw/!{partitionKeyFromLambda:id}/", /needs dynamic partitioning$/),
      rejectedErrorPrefix(
        `failed/${byType}!{partitionKeyFromQuery:id}/`,
        /needs dynamic partitioning$/,
      ),
    ],
  },
  {
    rule: "a prefix with expressions needs an error prefix that contains the error type",
    source: guide,
    accepted: [
      prefix("raw/!{timestamp:yyyy}/", `failed/${byType}`),
      prefix("raw/!{timestamp:yyyy}/", "failed/"),
      { ...prefix("", ""), existing: { bucketArn: arns.bucketArn } },
    ],
    rejected: [
      rejectedErrorPrefix("", /^is not set, which Firehose rejects if the prefix has expressions$/),
      rejectedErrorPrefix(
        "failed/!{timestamp:yyyy}/",
        /^has expressions, but not/,
        /error-output-type/,
      ),
    ],
  },
  {
    rule: "a timestamp is a pattern for Java's DateTimeFormatter",
    source: guide,
    accepted: [
      prefix("raw/!{timestamp:yyyy-MM-dd'T'HH''mm[.SSS]XXX}/"),
      prefix("raw/!{timestamp:EEEE, d MMMM}/"),
    ],
    rejected: [
      rejectedPrefix("raw/!{timestamp:yyyy/bb}/", /^has the unknown letter "b" in !{timestamp:/),
      rejectedPrefix("raw/!{timestamp:HHH}/", /^has "HHH"/, /H 1 to 2 times in a row/),
      rejectedPrefix("raw/!{timestamp:yyyy'T}/", /unclosed quote/),
      rejectedPrefix("raw/!{timestamp:yyyy#}/", /reserved character #/),
      rejectedPrefix("raw/!{timestamp:yyyy]}/", /] without \[/),
    ],
  },
  {
    rule: "a timestamp produces the intended dates",
    source: "the pipeline's: Java accepts the pattern, but the dates in the prefix would be wrong",
    accepted: [
      prefix("raw/!{timestamp:YYYY-'W'ww}/"),
      prefix("raw/!{timestamp:yyyy/DDD}/"),
      prefix("raw/!{timestamp:hh a}/"),
      prefix("raw/!{timestamp:yyyy/MM/dd/ww}/"),
    ],
    rejected: [
      rejectedPrefix("raw/!{timestamp:YYYY/MM/dd}/", /^has "Y", the week-based year/, /"yyyy"/),
      rejectedPrefix(
        "raw/!{timestamp:yyyy-'W'ww}/",
        /^has "w", the week, together with "y"/,
        /"YYYY"/,
      ),
      rejectedPrefix("raw/!{timestamp:yyyy/MM/DD}/", /^has "DD", the day of the year/, /"dd"/),
      rejectedPrefix("raw/!{timestamp:yyyy/MM/dd/hh}/", /12-hour clock without "a"/, /"HH"/),
      rejectedPrefix("raw/!{timestamp:yyyy/mm/dd}/", /^has "m", the minute, but no month$/, /"MM"/),
    ],
  },
  {
    rule: "a prefix has at most 1024 characters, 512 when evaluated, and no line break",
    source: "Firehose API, Prefix and ErrorOutputPrefix; Developer Guide",
    accepted: [
      prefix(`${"r".repeat(497)}/`),
      prefix(`${"r".repeat(507)}!{timestamp:yyyy}/`),
      prefix(`raw/${"!{timestamp:yyyy}".repeat(60)}`),
    ],
    rejected: [
      rejectedPrefix(`/raw/${"!{timestamp:yyyy}".repeat(60)}`, /^has 1025 characters$/, /1024/),
      rejectedPrefix(`${"r".repeat(498)}/`, /^has at least 513 characters once evaluated$/, /512/),
      rejectedPrefix(`${"r".repeat(508)}!{timestamp:yyyy}/`, /^has at least 513 characters/),
      rejectedErrorPrefix(`${"e".repeat(495)}/${byType}`, /^has at least 514 characters/),
      rejectedPrefix("raw\n/", /^is "raw\\n\/", with a line break$/, /one line/),
      rejectedPrefix("raw\u2028/!{timestamp:yyyy}/", /^is "raw\\u\{2028\}\//, /one line/),
    ],
  },
  {
    rule: "a prefix without expressions is valid: Firehose appends the time to it",
    source: `${guide}; it may lack the slash, as in year=`,
    accepted: [prefix(""), prefix("raw/", "failed/"), prefix("raw/year=", "failed/")],
    rejected: [],
  },
  {
    rule: "failed records are not stored among the data",
    source: "the pipeline's: readers of the data would read them too",
    accepted: [
      prefix("raw/events/!{timestamp:yyyy}/", `raw/failed/${byType}`),
      prefix("!{timestamp:yyyy}/", `failed/${byType}`),
    ],
    rejected: [
      rejectedErrorPrefix(
        `raw/failed/${byType}`,
        /^begins with "raw\/", so .* among the data$/,
        /"raw\/"/,
      ),
      rejectedErrorPrefix("", /would land among the data under "raw\/"/, /./, "raw/"),
      {
        ...rejectedErrorPrefix(byType, /among the data/, /./, "errors/!{timestamp:yyyy}/"),
        args: prefix("errors/!{timestamp:yyyy}/"),
        reason: /^begins with "errors\/"/,
        fix: undefined,
      },
    ].map(({ fix, ...others }) => (fix === undefined ? others : { ...others, fix })),
  },
  {
    rule: "data is not stored among the failed records, which expire",
    source: "the pipeline's: the data would be deleted with them",
    accepted: [
      prefix("", `failed/${byType}`),
      prefix("!{timestamp:yyyy}/", `0-failed/${byType}`),
      { ...prefix("raw/", byType), existing: { bucketArn: arns.bucketArn } },
    ],
    rejected: [
      rejectedErrorPrefix(
        byType,
        /^is "!{fire.*": .* expiring them would delete that data too$/,
        /separate prefix, such/,
      ),
      rejectedErrorPrefix(
        `raw${byType}`,
        /would be under "raw"/,
        /./,
        "raw/events/!{timestamp:yyyy}/",
      ),
      rejectedErrorPrefix(
        `2026/${byType}`,
        /would be under "2026\/"/,
        /./,
        "!{timestamp:yyyy/MM}/",
      ),
    ],
  },
];
