import assert from "node:assert/strict";
import { PackageDeclarations, type PropertyTypes } from "../../../../engine/packageDeclarations";
import { guardedTypes } from "../../../../local/changes/guardedTypes";
import { lostWith, replacementFacts } from "../../../../local/changes/replacement/replacementFacts";
import { componentTypes } from "../../../components/support/componentTypes";

describe("what is known about replacements", () => {
  const aws = PackageDeclarations.find("aws", process.cwd());

  /** The types of the inputs with a name, also in lists of groups. */
  function within(types: PropertyTypes | undefined, name: string): PropertyTypes | undefined {
    const [reference] = /\binputs(?:\.\w+)+/.exec(types?.get(name) ?? "") ?? [];
    return reference === undefined ? undefined : aws?.group(reference);
  }

  it("covers every type that the component declares", () => {
    const types = componentTypes();
    assert.ok(types.length >= 20, types.join());
    assert.deepEqual(
      types.filter((type) => !replacementFacts.has(type)),
      [],
    );
  });

  for (const [type, { source, replaces, replacesWhole = [], lost }] of replacementFacts) {
    it(`names inputs that ${type} has`, () => {
      const inputs = aws?.inputsOf(type);
      assert.ok(inputs, type);
      for (const path of [...Object.keys(replaces), ...replacesWhole]) {
        const names = path.split(".");
        const group = names
          .slice(0, -1)
          .reduce<PropertyTypes | undefined>((types, name) => within(types, name), inputs);
        assert.ok(group?.has(names.at(-1) ?? ""), path);
      }
      assert.equal("region" in replaces, inputs.has("region"));
    });

    it(`has a source for ${type}, and says what is lost once`, () => {
      assert.match(source, /internal[/]service[/][a-z0-9]+[/]\w+[.]go$/u);
      assert.equal(lost === undefined, guardedTypes.has(type));
      assert.match(lostWith(type) ?? "", /^[A-Z].*\.$/su);
    });
  }
});
