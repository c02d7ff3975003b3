import { needPulumi, type PulumiProject } from "./pulumiProject";
import { type StandInProvider, startStandIn } from "./standInProvider";

/**
 * Gives the tests of a suite a project and a provider. Skips them on machines without the Pulumi CLI.
 *
 * @param create the project, for a provider on this port
 * @returns the project, from within a test
 */
export function inProject(
  create: (providerPort: number) => PulumiProject | Promise<PulumiProject>,
): () => PulumiProject {
  let provider: StandInProvider | undefined;
  let project: PulumiProject | undefined;

  before(async function () {
    needPulumi(this);
    provider = await startStandIn();
    project = await create(provider.port);
  });

  after(() => {
    project?.delete();
    provider?.close();
  });

  return () => {
    if (project === undefined) throw new Error("The project exists only while tests run");
    return project;
  };
}
