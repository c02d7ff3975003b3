/**
 * Whether Firehose accepts the name of a time zone: `UTC`, or a name of the IANA database with a
 * region. It rejects offsets, three-letter names and `Etc/...`.
 *
 * Source: Firehose API, ExtendedS3DestinationConfiguration `CustomTimeZone` (at most 50 characters
 * of a-z, A-Z, / and _).
 */
export function isTimeZone(name: string): boolean {
  if (name === "UTC") return true;
  const hasRegion = /^(?!Etc\/)[A-Z][A-Za-z_]*(?:\/[A-Z][A-Za-z_]*)+$/u.test(name);
  return hasRegion && name.length <= 50 && isInDatabase(name);
}

/** Names that are in the database. Every object key needs the answer, and each look-up loads a formatter. */
const inDatabase = new Set<string>();

function isInDatabase(name: string): boolean {
  if (inDatabase.has(name)) return true;
  if (!isFound(name)) return false;
  inDatabase.add(name);
  return true;
}

function isFound(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    // Node accepts any case, Firehose does not. Node resolves a former name to the current one.
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
