/** Records and what AWS counts of them. */
export interface Amounts {
  readonly records: number;
  /** Of their data. */
  readonly bytes: number;
  /** What Firehose charges: each record rounded up to 5 KB. */
  readonly firehoseBytes: number;
  /** What a provisioned Kinesis stream charges: PUT payload units of 25 KB. */
  readonly payloadUnits: number;
}

/**
 * What it saves to pack several lines into one record.
 *
 * Sources: the pricing pages of Amazon Data Firehose ("rounded up to the nearest 5KB") and of Amazon Kinesis
 * Data Streams ("PUT Payload Unit"). That 1 KB is 1,024 bytes is not documented.
 */
export class Savings {
  readonly #before = new Sum();
  readonly #after = new Sum();

  /**
   * @param before sizes of the records that were packed
   * @param after size of the record that they became
   */
  add(before: readonly number[], after: number): void {
    for (const bytes of before) this.#before.add(bytes);
    this.#after.add(after);
  }

  amounts(): { readonly before: Amounts; readonly after: Amounts } {
    return { before: this.#before.amounts(), after: this.#after.amounts() };
  }
}

const firehoseStep = 5 * 1024;
const payloadUnit = 25 * 1024;

class Sum {
  #records = 0;
  #bytes = 0;
  #firehoseBytes = 0;
  #payloadUnits = 0;

  add(bytes: number): void {
    this.#records += 1;
    this.#bytes += bytes;
    this.#firehoseBytes += Math.ceil(bytes / firehoseStep) * firehoseStep;
    this.#payloadUnits += Math.max(1, Math.ceil(bytes / payloadUnit));
  }

  amounts(): Amounts {
    return {
      records: this.#records,
      bytes: this.#bytes,
      firehoseBytes: this.#firehoseBytes,
      payloadUnits: this.#payloadUnits,
    };
  }
}
