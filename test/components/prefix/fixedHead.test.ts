import assert from "node:assert/strict";
import { fixedErrorPrefix } from "../../../components/prefix/fixedHead";

const byType = "!{firehose:error-output-type}/";

describe("fixedErrorPrefix", () => {
  it("is the part of the error prefix before its first expression", () => {
    assert.equal(fixedErrorPrefix("raw/!{timestamp:yyyy}/", `errors/a/${byType}`), "errors/a/");
  });

  it("is the whole error prefix if it has no expression", () => {
    assert.equal(fixedErrorPrefix("raw/", "errors/"), "errors/");
  });

  it("rejects an error prefix that keys of data begin with", () => {
    assert.throws(() => fixedErrorPrefix("raw/events/", `raw${byType}`), /under "raw"/);
    assert.throws(() => fixedErrorPrefix("raw/events/", byType), /under ""/);
  });

  it("accepts data without a prefix, or with a prefix that begins with the date", () => {
    assert.equal(fixedErrorPrefix("", "errors/"), "errors/");
    assert.equal(fixedErrorPrefix("!{timestamp:yyyy}/", `0-errors/${byType}`), "0-errors/");
  });

  it("rejects an error prefix that could be a date of the data", () => {
    assert.throws(() => fixedErrorPrefix("", `2026/${byType}`), /under "2026\/"/);
    assert.throws(() => fixedErrorPrefix("!{timestamp:yyyy-MM}/", `20${byType}`), /under "20"/);
  });

  it("shows a long error prefix on one line of the error", () => {
    assert.throws(
      () => fixedErrorPrefix("", `20${"\n".repeat(500)}${byType}`),
      /^Error: .{1,300}$/,
    );
  });
});
