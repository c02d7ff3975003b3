import type { RuleFacts } from "../../policy/rule/rule";
import type { Settings } from "../../policy/settings/setting";

export const lampType = "test:index:Lamp";

/** The facts of a rule on lamps, for tests of what all rules have in common. */
export const lampFacts: RuleFacts<Settings> = {
  name: "lamps-are-on",
  title: "Lamps are on",
  description: "Lamps are on.",
  severity: "high",
  references: {},
  remediationSteps: "Switch them on.",
  url: "https://docs.aws.amazon.com/",
  types: [lampType],
};
