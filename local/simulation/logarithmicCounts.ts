/**
 * A histogram of whole numbers, exact to a thousandth of each number. Its size is a few hundred KiB
 * for any number of values. Values above 2^31 - 1 (24 days in milliseconds) count as 2^31 - 1.
 */
export class LogarithmicCounts {
  readonly #counts = new Float64Array(places);
  #count = 0;
  #min = Infinity;
  #max = 0;

  get count(): number {
    return this.#count;
  }

  /** Exact; 0 without values. */
  get min(): number {
    return this.#count > 0 ? this.#min : 0;
  }

  /** Exact; 0 without values. */
  get max(): number {
    return this.#max;
  }

  /** Adds how far each of some numbers is below another number. */
  addDistances(numbers: ArrayLike<number>, to: number): void {
    const counts = this.#counts;
    let [min, max] = [this.#min, this.#max];
    for (let index = 0; index < numbers.length; index += 1) {
      const value = to - (numbers[index] ?? 0);
      const place = placeOf(Math.min(value, largest));
      counts[place] = (counts[place] ?? 0) + 1;
      if (value > max) max = value;
      if (value < min) min = value;
    }
    this.#count += numbers.length;
    this.#min = min;
    this.#max = max;
  }

  /**
   * The smallest number that this share of all values does not exceed; 0 without values.
   *
   * @param share above 0, at most 1
   */
  quantile(share: number): number {
    let left = Math.ceil(share * this.#count);
    for (let place = 0; place < places && left > 0; place += 1) {
      left -= this.#counts[place] ?? 0;
      if (left <= 0) return Math.min(this.#max, largestIn(place));
    }
    return this.#max;
  }

  /** Moves all values of another histogram into this one. */
  take(other: LogarithmicCounts): void {
    const counts = this.#counts;
    other.#counts.forEach((count, place) => {
      if (count > 0) counts[place] = (counts[place] ?? 0) + count;
    });
    this.#count += other.#count;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
    other.#counts.fill(0);
    other.#count = 0;
    other.#min = Infinity;
    other.#max = 0;
  }
}

const largest = 2 ** 31 - 1;

/** Below 2^11, each number has a separate place. Above, each doubling has 2^10 places. */
const bits = 10;
const places = (31 - bits + 1) << bits;

function placeOf(value: number): number {
  const shift = Math.max(0, 31 - Math.clz32(value) - bits);
  return (shift << bits) + (value >>> shift);
}

function largestIn(place: number): number {
  const shift = Math.max(0, (place >>> bits) - 1);
  return (place - (shift << bits)) * 2 ** shift + 2 ** shift - 1;
}
