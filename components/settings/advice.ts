import { exampleBeginning } from "../prefix/evaluatePrefix";
import { quote } from "../prefix/quote";
import { transformDefaults } from "./groups/transform";

/** The settings of a delivery that the advice depends on, defaults included. */
interface Delivery {
  readonly prefix: string;
  readonly errorPrefix: string;
  readonly compression: string;
  readonly delimiter: string;
  readonly recordCompression: string;
  readonly fileExtension?: string | undefined;
}

/** The settings of a function that the advice depends on, defaults included. */
interface Transform {
  readonly functionArn?: string | undefined;
  readonly bufferSizeMiB: number;
  readonly bufferIntervalSeconds: number;
}

/**
 * AWS requires both values of the buffer or neither, and the provider does not read back the one that
 * equals AWS's default.
 *
 * Source: `flattenProcessingConfiguration` of github.com/hashicorp/terraform-provider-aws.
 */
export function transformAdvice(transform: Transform): readonly string[] {
  if (transform.functionArn === undefined) return [];
  const names = ["bufferSizeMiB", "bufferIntervalSeconds"] as const;
  const [only, ...others] = names.filter((name) => transform[name] === transformDefaults[name]);
  if (only === undefined || others.length > 0) return [];
  return [
    `transform.${only} is ${transformDefaults[only]}, AWS's default, while the other value of the function's buffer is not: every preview will show a change of the delivery stream. Set transform.${only} to another value.`,
  ];
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
