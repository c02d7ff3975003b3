/**
 * Whether Firehose knows the time zone: UTC, or a name of the IANA database with a region in it.
 * Three-letter names and `Etc/...` are refused.
 *
 * Source: Firehose API, ExtendedS3DestinationConfiguration `CustomTimeZone` (at most 50 characters
 * of a-z, A-Z, / and _).
 */
export function isTimeZone(name: string): boolean {
  if (name === "UTC") return true;
  if (!/^[A-Z][A-Za-z_]*(\/[A-Z][A-Za-z_]*)+$/.test(name) || name.length > 50) return false;
  return !name.startsWith("Etc/") && isKnown(name);
}

function isKnown(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    // Here any case will do, to Firehose it will not. An old name is resolved to the new one.
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
