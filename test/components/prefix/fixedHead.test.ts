import assert from "node:assert/strict";
import { errorFolder } from "../../../components/prefix/fixedHead";

const byType = "!{firehose:error-output-type}/";

describe("errorFolder", () => {
  it("is what stands before the first expression", () => {
    assert.equal(errorFolder("raw/!{timestamp:yyyy}/", `errors/a/${byType}`), "errors/a/");
  });

  it("is the whole prefix if there is no expression", () => {
    assert.equal(errorFolder("raw/", "errors/"), "errors/");
  });

  it("is refused where data lies, whatever is done to it would be done to the data", () => {
    assert.throws(() => errorFolder("raw/events/", `raw${byType}`), /under "raw"/);
    assert.throws(() => errorFolder("raw/events/", byType), /under ""/);
  });

  it("lies beside data that has no prefix, or begins with its date", () => {
    assert.equal(errorFolder("", "errors/"), "errors/");
    assert.equal(errorFolder("!{timestamp:yyyy}/", `0-errors/${byType}`), "0-errors/");
  });

  it("is refused where it could be a date of the data", () => {
    assert.throws(() => errorFolder("", `2026/${byType}`), /under "2026\/"/);
    assert.throws(() => errorFolder("!{timestamp:yyyy-MM}/", `20${byType}`), /under "20"/);
  });

  it("is named in one line, however long it is", () => {
    assert.throws(() => errorFolder("", `20${"\n".repeat(500)}${byType}`), /^Error: .{1,300}$/);
  });
});
