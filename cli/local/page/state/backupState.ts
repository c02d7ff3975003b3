import type { DeliveryEvent } from "../../../../aws/firehose/delivery/deliveryEvent";
import type { DeliveryConfiguration } from "../../../../aws/firehose/model/deliveryConfiguration";

/** What the backup of a delivery stream contains. */
export interface BackupState {
  readonly bucket: string;
  readonly prefix: string;
  /** Records of the stream: an aggregate of the Kinesis Producer Library is one. */
  readonly streamRecords: number;
  readonly records: number;
  /** Of data, before compression. */
  readonly bytes: number;
  /** Size of its objects, after compression. */
  readonly storedBytes: number;
  readonly objectCount: number;
}

/** The state before anything has happened; undefined without a backup. */
export function initialBackup({ backup }: DeliveryConfiguration): BackupState | undefined {
  if (backup === undefined) return undefined;
  const { bucket, prefix } = backup;
  return { bucket, prefix, streamRecords: 0, records: 0, bytes: 0, storedBytes: 0, objectCount: 0 };
}

/** @returns the state after an event of the backup */
export function backupAfter(backup: BackupState, event: DeliveryEvent): BackupState {
  if (event.type !== "object-delivered") return backup;
  const { records, streamRecords = records, bytes, storedBytes } = event;
  return {
    ...backup,
    streamRecords: backup.streamRecords + streamRecords,
    records: backup.records + records,
    bytes: backup.bytes + bytes,
    storedBytes: backup.storedBytes + storedBytes,
    objectCount: backup.objectCount + 1,
  };
}
