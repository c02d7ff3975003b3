import type { PolicyInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import type { Level } from "./enforcementLevel";
import { decodeSeverity, type Severity } from "./severity";

/** What a pack tells about one of its policies. Texts that it does not tell are empty. */
export interface PolicyFacts {
  readonly name: string;
  /** A heading. */
  readonly title: string;
  /** What must hold. */
  readonly description: string;
  /** The level it runs at. */
  readonly level: Level;
  readonly severity: Severity;
  /** How to fix a violation. */
  readonly remediationSteps: string;
  /** A page about it. */
  readonly url: string;
  /** The control of a standard that it stands for. */
  readonly framework?: PolicyFramework;
  readonly tags: readonly string[];
}

interface PolicyFramework {
  readonly name: string;
  readonly version: string;
  /** The control's id. */
  readonly reference: string;
  /** The control's title. */
  readonly specification: string;
}

export function policyFacts(info: PolicyInfo, level: Level): PolicyFacts {
  const framework = info.getFramework();
  return {
    name: info.getName(),
    title: info.getDisplayname(),
    description: info.getDescription(),
    level,
    severity: decodeSeverity(info.getSeverity()),
    remediationSteps: info.getRemediationSteps(),
    url: info.getUrl(),
    ...(framework && {
      framework: {
        name: framework.getName(),
        version: framework.getVersion(),
        reference: framework.getReference(),
        specification: framework.getSpecification(),
      },
    }),
    tags: info.getTagsList(),
  };
}
