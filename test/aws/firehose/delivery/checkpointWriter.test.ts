import assert from "node:assert/strict";
import { noCheckpoints, type Positions } from "../../../../aws/firehose/delivery/checkpoints";
import { CheckpointWriter } from "../../../../aws/firehose/delivery/checkpointWriter";
import { DeliveryCalls } from "../../../../aws/firehose/delivery/deliveryCalls";
import { FakeClock } from "../../../local/support/fakeClock";

describe("CheckpointWriter", () => {
  let clock: FakeClock;
  let saves: Positions[];
  /** Lets the save in progress end. */
  let end: (error?: Error) => void;
  let positions: Positions;
  let writer: CheckpointWriter;

  beforeEach(() => {
    clock = new FakeClock();
    saves = [];
    positions = new Map();
    const save = (saved: Positions): Promise<void> => {
      saves.push(saved);
      return new Promise((resolve, reject) => {
        end = (error) => {
          if (error) reject(error);
          else resolve();
        };
      });
    };
    const calls = new DeliveryCalls({ clock, bucket: "my-lake", onFailure: () => undefined });
    writer = new CheckpointWriter({ ...noCheckpoints, save }, calls, () => positions, positions);
  });

  const at = (position: number) => new Map([["a", String(position)]]);

  it("saves one after the other, and skips positions that are outdated", async () => {
    const ends: number[] = [];
    for (const position of [1, 2, 3]) {
      positions = at(position);
      void writer.save().then(() => ends.push(position));
      await clock.advance(0);
    }
    assert.deepEqual(saves, [at(1)]);
    end();
    await clock.advance(0);
    assert.deepEqual([saves, ends], [[at(1), at(3)], [1]]);
    end();
    await clock.advance(0);
    assert.deepEqual(
      [saves, ends],
      [
        [at(1), at(3)],
        [1, 2, 3],
      ],
    );
  });

  it("does not save the same positions again", async () => {
    await writer.save();
    positions = at(1);
    const saved = writer.save();
    await clock.advance(0);
    end();
    await saved;
    await writer.save();
    assert.deepEqual(saves, [at(1)]);
  });

  it("saves the latest positions when it repeats a save that failed", async () => {
    positions = at(1);
    const saved = writer.save();
    await clock.advance(0);
    end(new Error("no space left on device"));
    positions = at(2);
    await clock.advance(250);
    end();
    await saved;
    assert.deepEqual(saves, [at(1), at(2)]);
  });
});
