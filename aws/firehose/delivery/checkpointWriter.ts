import type { Checkpoints, Positions } from "./checkpoints";
import type { DeliveryCalls } from "./deliveryCalls";

/** Saves the positions of a delivery stream, one save at a time, each with the latest positions. */
export class CheckpointWriter {
  readonly #checkpoints: Checkpoints;
  readonly #calls: DeliveryCalls;
  readonly #positions: () => Positions;
  #saved: Positions;
  #saving: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  /**
   * @param positions as they are at the moment
   * @param saved as they were saved before
   */
  constructor(
    checkpoints: Checkpoints,
    calls: DeliveryCalls,
    positions: () => Positions,
    saved: Positions,
  ) {
    this.#checkpoints = checkpoints;
    this.#calls = calls;
    this.#positions = positions;
    this.#saved = saved;
  }

  /** Resolves when the positions of now, or later ones, are saved, or on giving up. */
  save(): Promise<void> {
    this.#next ??= this.#saving.then(() => {
      this.#next = undefined;
      this.#saving = this.#saveLatest();
      return this.#saving;
    });
    return this.#next;
  }

  async #saveLatest(): Promise<void> {
    if (areEqual(this.#positions(), this.#saved)) return;
    const saved = await this.#calls.repeat("Checkpoint", async () => {
      const positions = this.#positions();
      await this.#checkpoints.save(positions);
      return positions;
    });
    if (saved !== undefined) this.#saved = saved;
  }
}

function areEqual(one: Positions, other: Positions): boolean {
  if (one.size !== other.size) return false;
  for (const [shard, position] of one) if (other.get(shard) !== position) return false;
  return true;
}
