import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { asProducersSend, generatedContents } from "../../../cli/simulate/recordContents";
import { packSample } from "../../../local/simulation/estimatedPacking";
import { configuration } from "../../local/support/records";

describe("asProducersSend", () => {
  const lines = generatedContents(1000, 1).slice(0, 20);

  it("compresses each record for objects of GZIP records, which are then as large as the records", async () => {
    const packed = configuration({ fileExtension: ".gz", newlineDelimiter: false });
    const { contents, sizes } = asProducersSend(lines, packed);
    assert.deepEqual(
      contents.map((record) => gunzipSync(record).toString()),
      lines.map((line) => `${String(line)}\n`),
    );
    const bytes = contents.reduce((sum, { length }) => sum + length, 0);
    assert.deepEqual(sizes, { records: 20, bytes: bytes / 20, uncompressedBytes: 1000 });
    assert.ok(sizes.bytes < 800, `${sizes.bytes}`);
    assert.equal((await packSample(contents, packed)).ratio, 1);
  });

  it("leaves lines as they are for all other delivery streams", () => {
    const { contents, sizes } = asProducersSend(lines, configuration({ compression: "GZIP" }));
    assert.equal(contents, lines);
    assert.deepEqual(sizes, { records: 20, bytes: 1000 });
  });
});
