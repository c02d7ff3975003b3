import type { Checkpoints, Positions } from "../../../aws/firehose/delivery/checkpoints";
import type {
  ObjectDestination,
  OutgoingObject,
} from "../../../aws/firehose/delivery/objectDestination";
import type {
  RecordPage,
  Shard,
  SourceRecord,
  StreamSource,
} from "../../../aws/firehose/source/streamSource";

/** An error with AWS's error code as its name. */
export function awsError(name: string, message = "rejected"): Error {
  return Object.assign(new Error(message), { name });
}

/** A bucket in memory that can reject objects. */
export class FakeBucket implements ObjectDestination {
  readonly objects: OutgoingObject[] = [];
  /** The keys of all attempts. */
  readonly attempts: string[] = [];
  /** Rejects every put; undefined accepts them. */
  error: Error | undefined;

  put(object: OutgoingObject): Promise<void> {
    this.attempts.push(object.key);
    if (this.error) return Promise.reject(this.error);
    this.objects.push(object);
    return Promise.resolve();
  }

  /** The body of each object as a string. */
  get bodies(): readonly string[] {
    return this.objects.map(({ body }) => Buffer.from(body).toString());
  }
}

/** Positions in memory that outlive the delivery stream. */
export class FakeCheckpoints implements Checkpoints {
  saved: Positions = new Map();

  load(): Promise<Positions> {
    return Promise.resolve(this.saved);
  }

  save(positions: Positions): Promise<void> {
    this.saved = new Map(positions);
    return Promise.resolve();
  }
}

interface FakeShard extends Shard {
  readonly records: SourceRecord[];
  closed: boolean;
}

/** A stream in memory. Iterators are `<shard>/<position>/<serial number>` and can be used once. */
export class FakeStream implements StreamSource {
  readonly #shards = new Map<string, FakeShard>();
  readonly #iterators = new Set<string>();
  /** Each is thrown once, by the next call of its operation. */
  readonly failures: { readonly operation: keyof StreamSource; readonly error: Error }[] = [];
  readonly calls: string[] = [];
  #serial = 0;
  pageSize = 100;

  addShard(id: string, ...parents: readonly string[]): void {
    this.#shards.set(id, { id, parents, records: [], closed: false });
  }

  closeShard(id: string): void {
    this.#shard(id).closed = true;
  }

  put(shardId: string, ...records: readonly SourceRecord[]): void {
    this.#shard(shardId).records.push(...records);
  }

  listShards(): Promise<readonly Shard[]> {
    return this.#answer("listShards", () => [...this.#shards.values()]);
  }

  shardIterator(shardId: string, after: string | undefined): Promise<string> {
    return this.#answer("shardIterator", () => {
      const { records } = this.#shard(shardId);
      const found = records.findIndex(({ sequenceNumber }) => sequenceNumber === after);
      return this.#iterator(shardId, found + 1);
    });
  }

  records(iterator: string): Promise<RecordPage> {
    return this.#answer("records", () => {
      if (!this.#iterators.delete(iterator)) throw awsError("ExpiredIteratorException");
      const [shardId = "", position] = iterator.split("/");
      const { records, closed } = this.#shard(shardId);
      const start = Number(position);
      const page = records.slice(start, start + this.pageSize);
      const end = start + page.length;
      const behind = records.length - end;
      const read = { records: page, millisBehindLatest: behind * 1000 };
      if (closed && behind === 0) return read;
      return { ...read, nextIterator: this.#iterator(shardId, end) };
    });
  }

  /** Invalidates all iterators, like five minutes without a call. */
  expireIterators(): void {
    this.#iterators.clear();
  }

  #iterator(shardId: string, position: number): string {
    const iterator = `${shardId}/${position}/${++this.#serial}`;
    this.#iterators.add(iterator);
    return iterator;
  }

  async #answer<T>(operation: keyof StreamSource, answer: () => T): Promise<T> {
    this.calls.push(operation);
    const failing = this.failures.findIndex((failure) => failure.operation === operation);
    const [failure] = failing === -1 ? [] : this.failures.splice(failing, 1);
    await Promise.resolve();
    if (failure) throw failure.error;
    return answer();
  }

  #shard(id: string): FakeShard {
    const shard = this.#shards.get(id);
    if (!shard) throw awsError("ResourceNotFoundException", id);
    return shard;
  }
}
