import { exampleBeginning } from "../prefix/evaluatePrefix";
import { quote } from "../prefix/quote";

/** The settings of a delivery that the advice depends on, defaults included. */
interface Delivery {
  readonly prefix: string;
  readonly errorPrefix: string;
  readonly compression: string;
  readonly delimiter: string;
  readonly recordCompression: string;
  readonly fileExtension?: string | undefined;
}

/** What AWS accepts and is probably not meant, as one sentence or more each. */
export function settingsAdvice(delivery: Delivery): readonly string[] {
  return [...prefixAdvice(delivery), ...recordAdvice(delivery)];
}

/** Source: Firehose Developer Guide, "Custom prefixes for Amazon S3 objects". */
function prefixAdvice({ prefix, errorPrefix }: Delivery): readonly string[] {
  const beginnings = {
    prefix: exampleBeginning(prefix),
    errorPrefix: exampleBeginning(errorPrefix, "processing-failed"),
  };
  return Object.entries({ prefix, errorPrefix }).flatMap(([name, value]) => {
    const beginning = beginnings[name as keyof typeof beginnings];
    if (value === "" || value.endsWith("/") || beginning === undefined) return [];
    return `delivery.${name} is ${quote(value)}, without a slash at its end. Firehose appends the time to it, so that keys begin with ${quote(beginning)}. To separate the two, set it to ${quote(`${value}/`)}.`;
  });
}

function recordAdvice(delivery: Delivery): readonly string[] {
  const { fileExtension = "", compression, delimiter, recordCompression } = delivery;
  if (compression !== "UNCOMPRESSED" || recordCompression !== "none") return [];
  if (!mayBePacked(fileExtension, delimiter)) return [];
  return [
    `delivery.fileExtension is ${quote(fileExtension)}, but Firehose does not compress the objects. If producers compress each record with GZIP, set delivery.recordCompression to GZIP; otherwise readers cannot read the objects.`,
  ];
}

/** Without a delimiter, the records under this extension may themselves be compressed. */
export function mayBePacked(extension: string, delimiter: string | undefined): boolean {
  return extension.endsWith(".gz") && delimiter === "none";
}
