import fc from "fast-check";
import { numbers, some } from "./arbitraries";
import type { ValidFeatures } from "./validFeatures";

const text = fc
  .stringMatching(/^[a-z0-9_=.-]{0,12}$/)
  .chain((plain) => fc.constantFrom(plain, `${plain} ä😀'(){}`));
const expression = fc.constantFrom(
  ...["!{timestamp:yyyy}", "!{timestamp:yyyy/MM/dd}", "!{timestamp:yyyy-MM-dd'T'HH:mm:ss}"],
  ...["!{timestamp:YYYY-'W'ww}", "!{timestamp:hh a}", "!{timestamp:DDD}", "!{timestamp:MMMM}"],
  ...["!{firehose:random-string}", "!{timestamp:''yyyy''[ XXX]}"],
);
const parts = fc
  .array(fc.tuple(expression, text), { maxLength: 4 })
  .map((pairs) => pairs.flat().join("/"));
const prefixes = ({ keys }: ValidFeatures) =>
  fc
    .tuple(fc.constantFrom("raw/", "2026/raw", ""), parts, text, parts)
    .map(([head, data, name, error]) => ({
      prefix: head + [...Object.values(keys), data].join("/"),
      errorPrefix: `failed/${name}/${error}!{firehose:error-output-type}/`,
    }));

const anyFormat = [
  ...[{}, { compression: "GZIP", fileExtension: ".json.gz" }, { fileExtension: ".gz" }],
  ...[{ compression: "ZIP" }, { compression: "ZIP", fileExtension: ".zip" }],
  ...[{ compression: "Snappy" }, { compression: "HADOOP_SNAPPY", fileExtension: ".snappy" }],
  ...[{ compression: "UNCOMPRESSED" }, { compression: "UNCOMPRESSED", fileExtension: ".json" }],
];
const packed = { recordCompression: "GZIP", delimiter: "none" };
const packedFormats = [
  ...[packed, { ...packed, fileExtension: ".json.gz" }],
  ...[".gz", ".json.gz"].map((fileExtension) => ({
    ...{ ...packed, compression: "UNCOMPRESSED", fileExtension },
  })),
  { compression: "UNCOMPRESSED", delimiter: "none", fileExtension: ".gz" },
];
const convertedFormats = (format: string) => [
  ...[{}, { compression: "UNCOMPRESSED" }, { recordCompression: "none" }],
  ...[{ fileExtension: `.${format}` }, { fileExtension: `.snappy.${format}` }],
];
const formats = ({ format, reads }: ValidFeatures): readonly object[] => {
  if (format !== undefined) return convertedFormats(format);
  return reads ? anyFormat : [...anyFormat, ...packedFormats];
};

/** Valid settings of the group `delivery`, with what Firehose does with the records. */
export function validDelivery(features: ValidFeatures): fc.Arbitrary<object> {
  const { format, keys, cloudWatchLogs, processors } = features;
  const isPartitioned = Object.keys(keys).length > 0;
  const canEndLines = format === undefined && processors < 5;
  return fc
    .tuple(
      some({
        bufferSizeMiB: numbers(isPartitioned || format !== undefined ? 64 : 1, 128),
        bufferIntervalSeconds: numbers(isPartitioned ? 60 : 0, 900),
        timeZone: fc.constantFrom("UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"),
        delimiter: fc.constantFrom(...(canEndLines ? ["newline", "none"] : ["none"])),
        logRetentionDays: fc.constantFrom(1, 5, 90, 3653),
      }),
      fc.constantFrom(...formats(features)),
      fc.oneof(fc.constant({}), prefixes(features)),
      fc.constant(cloudWatchLogs === undefined ? {} : { cloudWatchLogs }),
    )
    .map(([simple, ...rest]) => Object.assign({}, simple, ...rest) as object);
}
