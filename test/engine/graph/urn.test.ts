import assert from "node:assert/strict";
import { urnOf, urnParts } from "../../../engine/graph/urn";

describe("URN", () => {
  const of = (type: string, name: string, parent?: string): string =>
    urnOf({ project: "shop", stack: "dev", type, name, ...(parent !== undefined && { parent }) });

  it("contains the types of all parents except the stack", () => {
    const stack = of("pulumi:pulumi:Stack", "shop-dev");
    const lake = of("acme:index:Lake", "lake", stack);
    const bucket = of("aws:s3/bucket:Bucket", "raw", lake);
    assert.equal(stack, "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev");
    assert.equal(lake, "urn:pulumi:dev::shop::acme:index:Lake::lake");
    assert.equal(bucket, "urn:pulumi:dev::shop::acme:index:Lake$aws:s3/bucket:Bucket::raw");
    assert.equal(
      of("t:m:Rule", "r", bucket),
      "urn:pulumi:dev::shop::acme:index:Lake$aws:s3/bucket:Bucket$t:m:Rule::r",
    );
  });

  it("can be split into its parts again, also with `::` in the name", () => {
    const parts = { project: "shop", stack: "dev", type: "aws:s3/bucket:Bucket", name: "a::b" };
    const parent = urnOf({ ...parts, type: "acme:index:Lake", name: "lake" });
    assert.deepEqual(urnParts(urnOf({ ...parts, parent })), parts);
    for (const invalid of ["", "urn:pulumi:dev", "urn:pulumi:dev::shop::type", "a::b::c::d"])
      assert.equal(urnParts(invalid), undefined, invalid);
  });
});
