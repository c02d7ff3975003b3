// <delivery stream>-<version>-yyyy-MM-dd-HH-mm-ss-<UUID><extension>
const FIREHOSE_NAME =
  /-\d+-(\d{4}-\d{2}-\d{2})-\d{2}-\d{2}-\d{2}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.[^/]*)?$/;

/**
 * The day (yyyy-MM-dd, in the delivery stream's time zone) that Firehose wrote into an object's name:
 * arrival of its oldest record. Undefined for any other object.
 * Source: Firehose Developer Guide, "Configure Amazon S3 object name format".
 */
export function dayOfObject(key: string): string | undefined {
  return FIREHOSE_NAME.exec(key)?.[1];
}
