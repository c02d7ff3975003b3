import type { Cause } from "../finding";
import { alarms } from "./alarms";
import { bucketState } from "./bucketState";
import { deliveryStreamState } from "./deliveryStreamState";
import { deniedCalls } from "./deniedCalls";
import { endedRun } from "./endedRun";
import { errorLog } from "./errorLog";
import { failedRecords } from "./failedRecords";
import { failingCalls } from "./failingCalls";
import { functionFails } from "./functionFails";
import { keyState } from "./keyState";
import { lag } from "./lag";
import { nothingSent } from "./nothingSent";
import { notRead } from "./notRead";
import { partitionLimit } from "./partitionLimit";
import { retention } from "./retention";
import { stillBuffering } from "./stillBuffering";
import { streamState } from "./streamState";
import { throttling } from "./throttling";
import { wiring } from "./wiring";

/**
 * All causes, the most likely reason for an empty bucket first: what stops everything, then what stops some
 * records, then what only delays them, then what only reports it.
 */
export const causes: readonly Cause[] = [
  ...[deliveryStreamState, endedRun, streamState, wiring, bucketState, deniedCalls, keyState],
  ...[failingCalls, errorLog, functionFails, failedRecords, partitionLimit],
  ...[notRead, nothingSent, stillBuffering, throttling, retention, lag, alarms],
];
