import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openTarget } from "../../cli/target/openTarget";
import { auditStack } from "../../engine/auditStack";
import { planStack } from "../../engine/planStack";
import type { PolicyReport } from "../../engine/policy/policyReport";
import { assertAgree } from "./support/compareGraphs";
import { inProject } from "./support/inProject";
import { PulumiProject, ROOT } from "./support/pulumiProject";
import { deployed, inPreview, previewed } from "./support/realGraphs";

const PACK = join(ROOT, "policy");

interface PolicyEvent {
  readonly resourceUrn?: string;
  readonly policyName: string;
  readonly enforcementLevel: string;
}

describe("the stacks of this repository, on Pulumi's engine and offline", () => {
  const project = inProject((port) => PulumiProject.ofRepository(port));

  for (const stack of ["dev", "staging", "prod", "existing"]) {
    it(`agree on a preview of ${stack}`, async () => {
      await project().succeed("stack", "init", stack);
      const real = await previewed(project(), stack);
      const { graph } = await plan(stack, true);
      const fields = assertAgree(inPreview(graph), real);
      assert.ok(fields > 10 * real.resources.length, `${fields} values`);
    });

    it(`agree on an update of ${stack}, and on what its rules find`, async () => {
      const config = join(PACK, "config", `${stack}.json`);
      const gate = ["--policy-pack", PACK];
      if (existsSync(config)) gate.push("--policy-pack-config", config);
      const events = join(project().directory, "events.json");
      const real = await deployed(project(), stack, ["--event-log", events, ...gate]);
      const { graph, report } = await plan(stack, false);
      assertAgree(graph, real);
      assert.deepEqual(reported(events), violationsIn(report));
    });

    it(`show of ${stack} the same in an export and in its outputs as in a plan`, async () => {
      await project().succeed("stack", "export", "--stack", stack, "--file", "export.json");
      const stackExport = join(project().directory, "export.json");
      const { directory } = project();
      const audit = await auditStack({ stackExport, policyPack: PACK, directory }, () => undefined);
      const { report } = await plan(stack, false);
      assert.deepEqual(violationsIn(audit.report), violationsIn(report));
      const exported = await openTarget({ stackExport }, "");
      const outputs = await project().inside(() => openTarget({ stack }, ""));
      for (const part of ["entry", "lake", "delivery", "table"] as const)
        assert.deepEqual(exported?.target[part]?.(), outputs?.target[part]?.(), part);
    });
  }

  const plan = (stack: string, preview: boolean) =>
    planStack(
      { directory: project().directory, stack, preview, policyPack: preview ? undefined : PACK },
      () => undefined,
    );
});

function violationsIn({ violations }: PolicyReport): string[] {
  return violations.map(({ policy, level, urn }) => `${policy} ${level} ${urn}`).sort();
}

/** The violations in the log of an update. */
function reported(eventLog: string): string[] {
  return readFileSync(eventLog, "utf8")
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { readonly policyEvent?: PolicyEvent }).policyEvent)
    .flatMap((event) => event ?? [])
    .map(({ policyName, enforcementLevel, resourceUrn }) =>
      [policyName, enforcementLevel, resourceUrn].join(" "),
    )
    .sort();
}
