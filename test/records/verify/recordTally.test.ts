import assert from "node:assert/strict";
import fc from "fast-check";
import { RecordTally } from "../../../records/verify/recordTally";

describe("RecordTally", () => {
  it("tells missing, duplicated and unexpected records apart", () => {
    const tally = new RecordTally();
    for (const record of ["a", "b", "b", "c"]) tally.addSent(Buffer.from(record));
    for (const record of ["b", "a", "a", "a", "x"]) tally.addDelivered(Buffer.from(record));
    assert.deepEqual(tally.result(), {
      sent: 4,
      delivered: 2,
      missing: 2,
      duplicated: 2,
      unexpected: 1,
    });
  });

  it("passes over white space around a record, not within it", () => {
    const tally = new RecordTally();
    tally.addSent(Buffer.from(' {"a": 1}\t'));
    tally.addDelivered(Buffer.from('{"a": 1}\r'));
    tally.addDelivered(Buffer.from('{"a":1}'));
    const { delivered, unexpected } = tally.result();
    assert.deepEqual({ delivered, unexpected }, { delivered: 1, unexpected: 1 });
  });

  it("agrees with crossing out one by one, in any order of arrival", () => {
    const word = fc.constantFrom<string[]>("a", "b", "c", "d", "é", "日本");
    const event = fc.record({ word, sent: fc.boolean() });
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const tally = new RecordTally();
        for (const { word: text, sent } of events) {
          const record = Buffer.from(text);
          if (sent) tally.addSent(record);
          else tally.addDelivered(record);
        }
        const sent = events.filter((each) => each.sent).map((each) => each.word);
        const open = [...sent];
        const surplus: string[] = [];
        for (const each of events.filter((one) => !one.sent)) {
          const place = open.indexOf(each.word);
          if (place < 0) surplus.push(each.word);
          else open.splice(place, 1);
        }
        assert.deepEqual(tally.result(), {
          sent: sent.length,
          delivered: sent.length - open.length,
          missing: open.length,
          duplicated: surplus.filter((text) => sent.includes(text)).length,
          unexpected: surplus.filter((text) => !sent.includes(text)).length,
        });
      }),
    );
  });
});
