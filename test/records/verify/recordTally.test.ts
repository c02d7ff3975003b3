import assert from "node:assert/strict";
import fc from "fast-check";
import { RecordTally } from "../../../records/verify/recordTally";

describe("RecordTally", () => {
  it("distinguishes missing, duplicated and unexpected records", () => {
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

  it("ignores white space around a record, but not within it", () => {
    const tally = new RecordTally();
    tally.addSent(Buffer.from(' {"a": 1}\t'));
    tally.addDelivered(Buffer.from('{"a": 1}\r'));
    tally.addDelivered(Buffer.from('{"a":1}'));
    const { delivered, unexpected } = tally.result();
    assert.deepEqual({ delivered, unexpected }, { delivered: 1, unexpected: 1 });
  });

  it("counts many distinct records exactly", () => {
    const tally = new RecordTally();
    const count = 20_000;
    for (let number = 0; number < count; number += 1) tally.addSent(Buffer.from(`${number}`));
    for (let number = 500; number < count + 300; number += 1)
      for (let times = number % 100 === 0 ? 2 : 1; times > 0; times -= 1)
        tally.addDelivered(Buffer.from(`${number}`));
    assert.deepEqual(tally.result(), {
      sent: count,
      delivered: count - 500,
      missing: 500,
      duplicated: 195,
      unexpected: 303,
    });
  });

  it("gives the same result as matching records one by one, in any order of arrival", () => {
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
        const unmatched = [...sent];
        const extra: string[] = [];
        for (const each of events.filter((one) => !one.sent)) {
          const place = unmatched.indexOf(each.word);
          if (place < 0) extra.push(each.word);
          else unmatched.splice(place, 1);
        }
        assert.deepEqual(tally.result(), {
          sent: sent.length,
          delivered: sent.length - unmatched.length,
          missing: unmatched.length,
          duplicated: extra.filter((text) => sent.includes(text)).length,
          unexpected: extra.filter((text) => !sent.includes(text)).length,
        });
      }),
    );
  });
});
