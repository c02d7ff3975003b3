import { sideBySide } from "./sideBySide";

// How much does the start of the policy pack cost beyond loading the SDK, which every pack must?
sideBySide(
  { name: "policy pack ready", arguments: ["bench/startPack.cjs", "policy"] },
  { name: "loading @pulumi/policy", arguments: ["-e", 'require("@pulumi/policy");'] },
);
