import assert from "node:assert/strict";
import fc from "fast-check";
import { bucketWriting } from "../../../components/iam/bucketPolicies";
import { objectArns } from "../../../components/iam/objectPattern";
import { bucketArn, outcome, policy, putObject } from "../../aws/iam/support/iamPolicies";

/** Whether a role with a grant for these beginnings may put an object with this key. */
function mayPut(beginnings: readonly string[], key: string): boolean {
  const statements = bucketWriting({ bucketArn, beginnings });
  const identity = [policy("delivery", ...statements.map((one) => ({ ...one })))];
  return outcome({ ...putObject, resource: `${bucketArn}/${key}` }, { identity }) === "allowed";
}

describe("objectArns", () => {
  it("covers each beginning once", () => {
    assert.equal(objectArns(bucketArn, ["a/", "a/"]), `${bucketArn}/a/*`);
    assert.equal(objectArns(bucketArn, ["a/b/", "a/"]), `${bucketArn}/a/*`);
    assert.equal(objectArns(bucketArn, ["a/", ""]), `${bucketArn}/*`);
    assert.deepEqual(objectArns(bucketArn, ["a/", "b/"]), [`${bucketArn}/a/*`, `${bucketArn}/b/*`]);
  });

  it("allows every key with one of the beginnings, whatever their characters", () => {
    const beginning = fc.string({ unit: "grapheme", maxLength: 300 });
    const beginnings = fc.array(beginning, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(beginnings, fc.nat(), fc.string(), (all, index, rest) => {
        assert.ok(mayPut(all, `${all[index % all.length] ?? ""}${rest}`));
      }),
    );
  });

  it("allows no key with another beginning", () => {
    const character = fc.constantFrom("a", "*", "?", "$", "{", "}", "/", "b");
    const short = fc.string({ unit: character, minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(short, { minLength: 1, maxLength: 2 }), short, (all, key) => {
        assert.equal(
          mayPut(all, key),
          all.some((one) => key.startsWith(one)),
        );
      }),
    );
  });
});
