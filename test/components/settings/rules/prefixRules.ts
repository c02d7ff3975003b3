import { own, type Refused, type Rule } from "./rule";

const guide = 'Firehose Developer Guide, "Custom prefixes for Amazon S3 objects"';
const prefix = (text: string, errorPrefix?: string) => ({
  delivery: { prefix: text, ...(errorPrefix !== undefined && { errorPrefix }) },
});
const refusedPrefix = (text: string, reason: RegExp, allowed = /./): Refused => ({
  args: prefix(text),
  path: "delivery.prefix",
  reason,
  allowed,
  mend: "accepted",
});
const refusedError = (
  errorPrefix: string,
  reason: RegExp,
  allowed = /./,
  data = "raw/!{timestamp:yyyy}/",
): Refused => ({
  args: prefix(data, errorPrefix),
  path: "delivery.errorPrefix",
  reason,
  allowed,
  mend: "accepted",
});

const byType = "!{firehose:error-output-type}/";

export const prefixRules: readonly Rule[] = [
  {
    rule: "!{ begins an expression of a namespace and a value",
    source: guide,
    accepted: [
      prefix("raw/!{timestamp:yyyy}/!{firehose:random-string}/"),
      prefix("raw/{not}!an$expression/"),
    ],
    refused: [
      refusedPrefix("raw/!{timestamp:yyyy", /^has "!{timestamp:yyyy", where no } closes/),
      refusedPrefix("raw/!{}/", /^has "!{}", which is not of the form/),
      refusedPrefix("raw/!{timestamp:}/", /not of the form !{namespace:value}/),
      refusedPrefix("raw/!{timestamp:{yyyy}}/", /not of the form/),
      refusedPrefix("raw/!{date:yyyy}/", /"date" is not a namespace/, /!{timestamp:pattern}/),
    ],
  },
  {
    rule: "Firehose gives a random string and, in the error prefix, the error type",
    source: guide,
    accepted: [
      prefix("raw/!{firehose:random-string}/"),
      prefix("raw/", `failed/!{firehose:random-string}/${byType}`),
    ],
    refused: [
      refusedPrefix("raw/!{firehose:uuid}/", /has no value "uuid"/, /random-string/),
      refusedPrefix(`raw/${byType}`, /which only the error prefix knows$/),
    ],
  },
  {
    rule: "partition keys need dynamic partitioning, which this pipeline does not do",
    source: guide,
    accepted: [],
    refused: [
      refusedPrefix("raw/!{partitionKeyFromQuery:id}/", /needs dynamic partitioning$/),
      refusedPrefix("raw/!{partitionKeyFromLambda:id}/", /needs dynamic partitioning$/),
      refusedError(`failed/${byType}!{partitionKeyFromQuery:id}/`, /needs dynamic partitioning$/),
    ],
  },
  {
    rule: "a prefix with expressions has an error prefix beside it, with the error type in it",
    source: guide,
    accepted: [
      prefix("raw/!{timestamp:yyyy}/", `failed/${byType}`),
      prefix("raw/!{timestamp:yyyy}/", "failed/"),
      { ...prefix("", ""), existing: { bucketArn: own.bucketArn } },
    ],
    refused: [
      refusedError("", /^is not set, which Firehose refuses beside a prefix with expressions$/),
      refusedError("failed/!{timestamp:yyyy}/", /^has expressions, but not/, /error-output-type/),
    ],
  },
  {
    rule: "a timestamp is a pattern of Java's DateTimeFormatter",
    source: guide,
    accepted: [
      prefix("raw/!{timestamp:yyyy-MM-dd'T'HH''mm[.SSS]XXX}/"),
      prefix("raw/!{timestamp:EEEE, d MMMM}/"),
    ],
    refused: [
      refusedPrefix("raw/!{timestamp:yyyy/bb}/", /^has the unknown letter "b" in !{timestamp:/),
      refusedPrefix("raw/!{timestamp:HHH}/", /^has "HHH"/, /H 1 to 2 times in a row/),
      refusedPrefix("raw/!{timestamp:yyyy'T}/", /quote that nothing closes/),
      refusedPrefix("raw/!{timestamp:yyyy#}/", /reserved character #/),
      refusedPrefix("raw/!{timestamp:yyyy]}/", /] without \[/),
    ],
  },
  {
    rule: "a timestamp names folders as they are meant",
    source: "the pipeline's: patterns that Java accepts and that put records in wrong folders",
    accepted: [
      prefix("raw/!{timestamp:YYYY-'W'ww}/"),
      prefix("raw/!{timestamp:yyyy/DDD}/"),
      prefix("raw/!{timestamp:hh a}/"),
      prefix("raw/!{timestamp:yyyy/MM/dd/ww}/"),
    ],
    refused: [
      refusedPrefix("raw/!{timestamp:YYYY/MM/dd}/", /^has "Y", the year of the week/, /"yyyy"/),
      refusedPrefix("raw/!{timestamp:yyyy-'W'ww}/", /^has "w", the week, beside "y"/, /"YYYY"/),
      refusedPrefix("raw/!{timestamp:yyyy/MM/DD}/", /^has "DD", the day of the year/, /"dd"/),
      refusedPrefix("raw/!{timestamp:yyyy/MM/dd/hh}/", /12-hour clock without "a"/, /"HH"/),
      refusedPrefix("raw/!{timestamp:yyyy/mm/dd}/", /^has "m", the minute, and no month$/, /"MM"/),
    ],
  },
  {
    rule: "a prefix has 1024 characters as written, 512 as evaluated, and one line",
    source: "Firehose API, Prefix and ErrorOutputPrefix; Developer Guide",
    accepted: [
      prefix(`${"r".repeat(497)}/`),
      prefix(`${"r".repeat(507)}!{timestamp:yyyy}/`),
      prefix(`raw/${"!{timestamp:yyyy}".repeat(60)}`),
    ],
    refused: [
      refusedPrefix(`/raw/${"!{timestamp:yyyy}".repeat(60)}`, /^has 1025 characters$/, /1024/),
      refusedPrefix(`${"r".repeat(498)}/`, /^has at least 513 characters once evaluated$/, /512/),
      refusedPrefix(`${"r".repeat(508)}!{timestamp:yyyy}/`, /^has at least 513 characters/),
      refusedError(`${"e".repeat(495)}/${byType}`, /^has at least 514 characters/),
      refusedPrefix("raw\n/", /^is "raw\\n\/", with a line break$/, /one line/),
      refusedPrefix("raw\u2028/!{timestamp:yyyy}/", /^is "raw\\u\{2028\}\//, /one line/),
    ],
  },
  {
    rule: "a text without expressions is fine: Firehose appends the time to it",
    source: `${guide}; it may lack the slash, as in year=`,
    accepted: [prefix(""), prefix("raw/", "failed/"), prefix("raw/year=", "failed/")],
    refused: [],
  },
  {
    rule: "failed records do not lie among the data",
    source: "the pipeline's: what reads the data would read them too",
    accepted: [
      prefix("raw/events/!{timestamp:yyyy}/", `raw/failed/${byType}`),
      prefix("!{timestamp:yyyy}/", `failed/${byType}`),
    ],
    refused: [
      refusedError(
        `raw/failed/${byType}`,
        /^begins with "raw\/", so .* among the data$/,
        /"raw\/"/,
      ),
      refusedError("", /would land among the data under "raw\/"/, /./, "raw/"),
      {
        ...refusedError(byType, /among the data/, /./, "errors/!{timestamp:yyyy}/"),
        args: prefix("errors/!{timestamp:yyyy}/"),
        reason: /^begins with "errors\/"/,
        mend: undefined,
      },
    ].map(({ mend, ...refused }) => (mend === undefined ? refused : { ...refused, mend })),
  },
  {
    rule: "data does not lie among the failed records, which expire",
    source: "the pipeline's: the data would be deleted with them",
    accepted: [
      prefix("", `failed/${byType}`),
      prefix("!{timestamp:yyyy}/", `0-failed/${byType}`),
      { ...prefix("raw/", byType), existing: { bucketArn: own.bucketArn } },
    ],
    refused: [
      refusedError(byType, /^is "!{fire.*": .* would take it along when they expire$/, /own, such/),
      refusedError(`raw${byType}`, /lie under "raw"/, /./, "raw/events/!{timestamp:yyyy}/"),
      refusedError(`2026/${byType}`, /lie under "2026\/"/, /./, "!{timestamp:yyyy/MM}/"),
    ],
  },
];
