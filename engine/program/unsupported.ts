/**
 * Calls of a program that only a real engine with its plugins can answer, each with what to do
 * about it. The program sees the text as the failure of that call.
 */
export const unsupported = {
  invoke: (token: string) =>
    refusal(
      `calls the function ${token}, which asks the cloud`,
      "pass the value in by stack config, or take it from a resource (account, region and partition stand in every ARN)",
    ),
  call: (token: string) =>
    refusal(`calls the method ${token} of a component in another language`, "use a TypeScript one"),
  remoteComponent: (type: string) =>
    refusal(
      `uses the component ${type} of a plugin`,
      "use the component's TypeScript class, imported from its sources",
    ),
  package: (name: string) =>
    refusal(`uses the package ${name}, which a plugin generates`, "leave it out of this stack"),
  transform: () =>
    refusal(
      "registers a transform, which the engine calls back",
      "use the option `transformations`, which the program runs itself",
    ),
  resourceHook: (name: string) =>
    refusal(
      `registers the resource hook ${name}, and nothing is created that it could run for`,
      "register it only if a value of the stack config asks for it",
    ),
  stackReference: (name: string) =>
    refusal(
      `reads the outputs of the stack ${name}, which are kept in a state backend`,
      "pass the values in by stack config",
    ),
  deploymentInfo: () => refusal("asks for the deployment that it is part of", "leave that out"),
};

function refusal(what: string, instead: string): Error {
  return new Error(
    `The program ${what}; that does not work offline. Instead: ${instead}. (With an account, \`pulumi preview\` does it.)`,
  );
}
