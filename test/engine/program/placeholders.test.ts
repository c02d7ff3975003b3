import assert from "node:assert/strict";
import {
  type GraphResource,
  type PropertyValue,
  Secret,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import { Placeholders, withoutPlaceholders } from "../../../engine/program/placeholders";

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

describe("Placeholders", () => {
  const resource: GraphResource = {
    urn: "urn:pulumi:dev::shop::acme:index:Lake::events",
    ...{ type: "acme:index:Lake", name: "events", custom: true, external: false },
    ...{ dependencies: [], propertyDependencies: {}, options: {} },
    inputs: { label: "a [secret]" },
    outputs: {},
  };

  it("notes each config value and why it has a placeholder", () => {
    assert.deepEqual(new Placeholders({ "shop:token": "It is encrypted." }).notes(), [
      { kind: "assumed", subject: "shop:token", message: "It is encrypted." },
    ]);
  });

  it("hides placeholders in the resources of a program that got one", () => {
    const { inputs } = new Placeholders({ "shop:token": "It is encrypted." }).hiddenIn(resource);
    assertUnknownSecret(inputs["label"]);
  });

  it("keeps the text of a program that got none", () => {
    assert.equal(new Placeholders({}).hiddenIn(resource), resource);
  });
});
