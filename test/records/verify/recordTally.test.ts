import assert from "node:assert/strict";
import fc from "fast-check";
import { JsonSplitter } from "../../../records/verify/jsonSplitter";
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

  describe("without a delimiter", () => {
    /** Sends records and delivers this content of an object. */
    function compare(sent: readonly string[], content: string) {
      const tally = new RecordTally("none");
      for (const record of sent) tally.addSent(Buffer.from(record));
      const splitter = new JsonSplitter(1024, (record) => {
        tally.addDelivered(record);
      });
      splitter.push(Buffer.from(content));
      splitter.end();
      tally.addContent(Buffer.from(content));
      return tally.result();
    }

    it("compares JSON objects, arrays and strings one by one", () => {
      const { byBytes, ...result } = compare(['{"a":1}', "[2]", '"c"'], '[2]{"a":1}{"a":1}');
      assert.equal(byBytes, undefined);
      assert.deepEqual(result, {
        sent: 3,
        delivered: 2,
        missing: 1,
        duplicated: 1,
        unexpected: 0,
      });
    });

    for (const [what, sent] of [
      ["text", ["one", "two", "three"]],
      ["numbers", ["1", "2", "33"]],
      ["lines with several values", ['{"a":1}{"b":2}', "[3]"]],
      ["unfinished JSON", ['{"a":', "[3]"]],
      ["text after JSON", ['{"a":1} x', "[3]"]],
    ] as const) {
      it(`reports no loss of ${what} that arrived in another order`, () => {
        const content = [...sent].reverse().join("");
        const bytes = content.length;
        assert.deepEqual(compare(sent, content), {
          ...{ sent: sent.length, delivered: sent.length, missing: 0, duplicated: 0 },
          ...{ unexpected: 0, byBytes: { sent: bytes, missing: 0, extra: 0 } },
        });
      });
    }

    it("does not count the line feeds between text as data of others", () => {
      const { missing, byBytes } = compare(["one", "two"], "one\ntwo\n");
      assert.deepEqual([missing, byBytes], [0, { sent: 6, missing: 0, extra: 0 }]);
    });

    it("reports a loss of text, even if as many other bytes arrived", () => {
      const { delivered, missing, byBytes } = compare(["aaaa", "bbb", "cc"], "aaaaxxxxx");
      assert.deepEqual(byBytes, { sent: 9, missing: 5, extra: 5 });
      assert.deepEqual({ delivered, missing }, { delivered: 1, missing: 2 });
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
