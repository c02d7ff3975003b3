import { posix } from "node:path";
import type {
  DeliveryEvent,
  FunctionCalled,
  ObjectDelivered,
} from "../../aws/firehose/delivery/deliveryEvent";
import type { DirectPutCall } from "../../aws/firehose/endpoint/directPutCall";
import type { KinesisCall } from "../../aws/kinesis/kinesisCall";
import { byteSize, counted } from "../../records/amounts";
import { printable } from "../reports/printable";
import { wrap } from "../reports/wrapText";
import type { RunListener } from "./startPipeline";

/** Of one kind, since the last line. */
interface Amount {
  records: number;
  bytes: number;
  objects: number;
}

const lineMilliseconds = 1000;
const columns = 80;

/**
 * Prints what happens in a run, as it happens: when a call begins to fail and when it succeeds again;
 * and, once it is asked to, what arrives on the streams and what is delivered, at most once a second.
 */
export class LiveLines implements RunListener {
  readonly #print: (line: string) => void;
  readonly #failing = new Set<string>();
  #showsRecords = false;
  readonly #received = new Map<string, Amount>();
  readonly #delivered = new Map<string, Amount>();
  readonly #backedUp = new Map<string, Amount>();
  #timer: NodeJS.Timeout | undefined;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /** From now on also prints what arrives and what is delivered. */
  showRecords(): void {
    this.#showsRecords = true;
  }

  /** Prints what is not printed yet. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const [stream, { records, bytes }] of this.#received)
      this.#printWrapped(
        `Received ${counted(records, "record")} (${byteSize(bytes)}) on ${stream}.`,
      );
    this.#printObjects("Delivered", this.#delivered);
    this.#printObjects("Backed up", this.#backedUp);
    this.#received.clear();
    this.#delivered.clear();
    this.#backedUp.clear();
  }

  readonly onDirectPut = (call: DirectPutCall): void => {
    if (call.records > 0) this.#add(this.#received, call.deliveryStream, call);
  };

  readonly onKinesis = (call: KinesisCall): void => {
    if (call.operation === "GetRecords" || call.records === 0) return;
    this.#add(this.#received, call.streamName, call);
  };

  readonly onDelivery = (event: DeliveryEvent): void => {
    if (event.type === "call-failed") this.#failed(event);
    if (event.type === "function-called") this.#called(event);
    if (event.type === "records-read") this.#works(event.deliveryStream, "GetRecords");
    if (event.type !== "object-delivered") return;
    this.#works(event.deliveryStream, putOf(event));
    this.#works(event.deliveryStream, "Checkpoint");
    const { records, storedBytes: bytes, backup } = event;
    this.#add(backup ? this.#backedUp : this.#delivered, placeOf(event), { records, bytes });
  };

  #printObjects(verb: string, amounts: ReadonlyMap<string, Amount>): void {
    for (const [place, { records, bytes, objects }] of amounts)
      this.#printWrapped(
        `${verb} ${counted(records, "record")} in ${counted(objects, "object")} ` +
          `(${byteSize(bytes)}) under ${place}`,
      );
  }

  #failed(event: Extract<DeliveryEvent, { type: "call-failed" }>): void {
    const { deliveryStream, operation, attempt, code, message, denied } = event;
    // A single failure is ordinary, e.g. an iterator that has expired.
    if (attempt < 2 && !denied) return;
    const call = `${deliveryStream}: ${operation === "PutObject" ? putOf(event) : operation}`;
    if (this.#failing.has(call)) return;
    this.#failing.add(call);
    const reason = `${code}: ${message}`.replace(/\.?$/u, ".");
    const future = denied ? "" : " It is repeated until it succeeds.";
    this.#printWrapped(`${call} fails: ${reason}${future}`);
  }

  /** What a failing function prints is in the lines of the function. */
  #called({ deliveryStream, functionArn, failure, maximumAttempts }: FunctionCalled): void {
    const call = `InvokeFunction ${nameOf(functionArn)}`;
    if (failure === undefined) {
      this.#works(deliveryStream, call);
      return;
    }
    const failing = `${deliveryStream}: ${call}`;
    if (this.#failing.has(failing)) return;
    this.#failing.add(failing);
    const { errorCode, errorMessage, reason = errorMessage } = failure;
    const attempts =
      maximumAttempts === 1 ? "one attempt" : `up to ${counted(maximumAttempts, "attempt")}`;
    this.#printWrapped(
      `${failing} fails: ${errorCode}: ${reason.replace(/\.?$/u, ".")} After ${attempts}, its records go ` +
        "below the error prefix.",
    );
  }

  #works(deliveryStream: string, operation: string): void {
    const call = `${deliveryStream}: ${operation}`;
    if (this.#failing.delete(call)) this.#printWrapped(`${call} succeeds again.`);
  }

  #add(amounts: Map<string, Amount>, name: string, more: Pick<Amount, "records" | "bytes">): void {
    if (!this.#showsRecords) return;
    const amount = amounts.get(name) ?? { records: 0, bytes: 0, objects: 0 };
    amount.records += more.records;
    amount.bytes += more.bytes;
    amount.objects += 1;
    amounts.set(name, amount);
    this.#timer ??= setTimeout(() => {
      this.end();
    }, lineMilliseconds);
  }

  #printWrapped(line: string): void {
    this.#print(wrap(printable(line), columns).join("\n  "));
  }
}

/** What a put is called: that of a backup can fail alone. */
function putOf({ backup = false }: { readonly backup?: boolean }): string {
  return backup ? "PutObject of the backup" : "PutObject";
}

/** The name of a function, with its version or alias. */
function nameOf(functionArn: string): string {
  return functionArn.split(":").slice(6).join(":");
}

function placeOf({ bucket, key, errorOutputType }: ObjectDelivered): string {
  const place = `${bucket}/${posix.dirname(key)}/`.replace("/./", "/");
  return errorOutputType === undefined ? place : `${place} (${errorOutputType})`;
}
