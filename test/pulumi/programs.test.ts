import { readdirSync } from "node:fs";
import { join } from "node:path";
import { planStack } from "../../engine/planStack";
import { assertAgree } from "./support/compareGraphs";
import { manyFeatures } from "./support/manyFeatures";
import { inProject } from "./support/inProject";
import { PulumiProject, ROOT } from "./support/pulumiProject";
import { deployed, inPreview, previewed } from "./support/realGraphs";

describe("a program with providers, functions, lookups and transforms", () => {
  const stack = "dev";
  const project = inProject(async (port) => {
    const created = new PulumiProject(manyFeatures, port);
    await created.succeed("stack", "init", stack);
    await created.succeed("config", "set", "--secret", "password", "correct horse");
    return created;
  });

  const plan = async (preview: boolean) => {
    const request = { directory: project().directory, stack, preview, policyPack: undefined };
    // With the passphrase, with which the CLI has encrypted a secret.
    const planned = await project().inside(() => planStack(request, () => undefined));
    return planned.graph;
  };

  it("is previewed by Pulumi's engine as offline", async () => {
    const real = await previewed(project(), stack);
    assertAgree(inPreview(await plan(true)), real);
  });

  it("is deployed by Pulumi's engine as planned offline", async () => {
    const real = await deployed(project(), stack);
    assertAgree(await plan(false), real);
  });
});

/** Of the programs in `test/programs/`, two in which every value of a resource follows from the program. */
for (const name of ["component-class", "two-regions"])
  describe(`the program ${name}`, () => {
    const stack = "dev";
    const project = inProject(async (port) => {
      const directory = join(ROOT, "test/programs", name);
      const created = PulumiProject.copied(directory, readdirSync(directory), port);
      await created.succeed("stack", "init", stack);
      return created;
    });

    it("is deployed by Pulumi's engine as planned offline", async () => {
      const real = await deployed(project(), stack);
      const { directory } = project();
      const request = { directory, stack, preview: false, policyPack: undefined };
      assertAgree((await planStack(request, () => undefined)).graph, real);
    });
  });
