/**
 * Errors for calls that only the real engine with its plugins supports, each with an alternative.
 * The call of the program fails with the error.
 */
export const unsupported = {
  invoke: (token: string) =>
    notSupported(
      `calls the function ${token}, which queries the cloud`,
      "pass the value in the stack config, or take it from a resource (every ARN contains account, region and partition)",
    ),
  stackReference: (name: string) =>
    notSupported(
      `reads the outputs of the stack ${name}, which a state backend stores`,
      "pass the values in the stack config",
    ),
};

function notSupported(action: string, alternative: string): Error {
  return new Error(
    `The program ${action}. This is not supported offline. Instead, ${alternative}. (With an AWS account, \`pulumi preview\` supports it.)`,
  );
}
