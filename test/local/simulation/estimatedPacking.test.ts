import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { realPacking } from "../../../aws/firehose/delivery/outgoingObjects";
import type { Compression } from "../../../aws/firehose/packing/objectBody";
import type { DeliverableRecord } from "../../../aws/firehose/processing/processedRecord";
import { estimatedPacking, packSample } from "../../../local/simulation/estimatedPacking";
import { SeededRandom } from "../../../local/simulation/seededRandom";
import { configuration } from "../support/records";

const events = readFileSync("cli/sample/user-events.jsonl", "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => Buffer.from(line));

const gzip = configuration({ compression: "GZIP" });

type Sample = ReturnType<typeof packSample>;
const samples = new Map<Compression, Sample>();

/** Packs the sample of the events once, since that takes seconds. */
function sampleOfEvents(compression: Compression): Sample {
  const sample = samples.get(compression) ?? packSample(events, configuration({ compression }));
  samples.set(compression, sample);
  return sample;
}

describe("estimatedPacking", () => {
  it("estimates that objects of few records compress less", async () => {
    // An event is hardly smaller when compressed, 20 events are, and thousands even more.
    const likely = events.filter(({ length }) => length > 200 && length < 400);
    const sample = await sampleOfEvents("GZIP");
    for (const [count, expected] of [
      [1, 0.8],
      [2, 0.57],
      [5, 0.4],
      [20, 0.27],
    ] as const) {
      const records = likely.slice(0, count).map(recordOf);
      const bytes = records.reduce((sum, { data }) => sum + data.length, 0);
      const { storedBytes } = await estimatedPacking(sample, events)(records, gzip);
      const ratio = storedBytes / bytes;
      assert.ok(Math.abs(ratio - expected) < 0.08, `${count}: ${ratio} for ${expected}`);
    }
  });

  it("never estimates less than an object without records", async () => {
    const pack = estimatedPacking(await sampleOfEvents("GZIP"), events);
    assert.equal((await pack([], gzip)).storedBytes, 20);
    assert.ok((await pack([recordOf(Buffer.from("x"))], gzip)).storedBytes > 20);
  });

  it("estimates multiples of a single content with its ratio", async () => {
    const content = Buffer.from('{"id":1}');
    const pack = estimatedPacking(await packSample([content], gzip), [content]);
    const { storedBytes } = await realPacking([recordOf(content)], gzip);
    assert.equal((await pack([recordOf(content)], gzip)).storedBytes, storedBytes);
    const ten = await pack(
      Array.from({ length: 10 }, () => recordOf(content)),
      gzip,
    );
    assert.equal(ten.storedBytes, 20 + 10 * (storedBytes - 20));
  });

  it("estimates uncompressed objects as their data with delimiters", async () => {
    const uncompressed = configuration({ compression: "UNCOMPRESSED" });
    const contents = Array.from({ length: 64 }, () => Buffer.alloc(99, "x"));
    const pack = estimatedPacking(await packSample(contents, uncompressed), contents);
    assert.equal((await pack([], uncompressed)).storedBytes, 0);
    const { storedBytes } = await pack(contents.map(recordOf), uncompressed);
    assert.equal(storedBytes, 64 * 99 + 63);
  });

  it("estimates the same for a bundle as for its records", async () => {
    const pack = estimatedPacking(await sampleOfEvents("GZIP"), events);
    const some = events.slice(10, 17);
    const bundle = {
      ...{ data: Buffer.concat(some), arrival: 1, sequenceNumber: "7" },
      ...{ first: 10, arrivals: some.map(() => 1) },
    };
    const one = await pack([{ record: bundle, data: bundle.data }], gzip);
    assert.equal(one.storedBytes, (await pack(some.map(recordOf), gzip)).storedBytes);
  });

  for (const compression of ["GZIP", "ZIP", "Snappy", "HADOOP_SNAPPY"] as const)
    for (const recordsPerMinute of [1, 12, 120])
      it(`estimates all ${compression} objects of ${recordsPerMinute} records/min within 5 %`, async () => {
        const { estimated, real } = await totals(compression, recordsPerMinute);
        assert.ok(Math.abs(estimated / real - 1) < 0.05, `${estimated} for ${real}`);
      });
});

/** The estimated and the real size of all objects of 6 hours, one object a minute. */
async function totals(compression: Compression, recordsPerMinute: number) {
  const deliveryStream = configuration({ compression });
  const estimate = estimatedPacking(await sampleOfEvents(compression), events);
  const random = new SeededRandom(1, 7);
  let [estimated, real, next] = [0, 0, 0];
  for (let minute = 0; minute < 360; minute += 1) {
    const count = random.poisson(recordsPerMinute);
    if (count === 0) continue;
    const records = Array.from({ length: count }, (_, index) =>
      recordOf(events[(next + index) % events.length] ?? Buffer.alloc(0)),
    );
    next += count;
    estimated += (await estimate(records, deliveryStream)).storedBytes;
    real += (await realPacking(records, deliveryStream)).storedBytes;
  }
  return { estimated, real };
}

function recordOf(data: Buffer): DeliverableRecord {
  return { record: { data, arrival: 0, sequenceNumber: "1" }, data };
}
