import assert from "node:assert/strict";
import { type PropertyValue, Secret, Unknown } from "../../../engine/graph/resourceGraph";
import { withoutPlaceholders } from "../../../engine/program/placeholders";

const result = (value: PropertyValue): PropertyValue | undefined =>
  withoutPlaceholders({ value })["value"];

function assertUnknownSecret(value: PropertyValue | undefined): void {
  assert.ok(value instanceof Secret);
  assert.ok(value.reveal() instanceof Unknown);
}

describe("withoutPlaceholders", () => {
  it("makes a placeholder an unknown secret, also inside a string and in plain text", () => {
    for (const value of ["[secret]", "https://me:[secret]@db", new Secret("[secret]")])
      assertUnknownSecret(result(value));
  });

  it("leaves the other parts of an object known", () => {
    const { user, keys } = result({ user: "me", keys: ["a", "[secret]"] }) as {
      readonly user: string;
      readonly keys: readonly PropertyValue[];
    };
    assert.deepEqual([user, keys[0]], ["me", "a"]);
    assertUnknownSecret(keys[1]);
  });

  it("keeps a secret object with a placeholder one secret", () => {
    const secret = result(new Secret({ user: "me", key: "[secret]" }));
    assert.ok(secret instanceof Secret);
    const { user, key } = secret.reveal() as Readonly<Record<string, PropertyValue>>;
    assert.equal(user, "me");
    assert.ok(key instanceof Unknown);
  });

  it("keeps all other values", () => {
    const value = [1, null, true, "secret", { a: "b" }];
    assert.deepEqual(result(value), value);
    assert.ok(result(new Unknown()) instanceof Unknown);
    const secret = result(new Secret("hush-hush"));
    assert.ok(secret instanceof Secret);
    assert.equal(secret.reveal(), "hush-hush");
  });
});
