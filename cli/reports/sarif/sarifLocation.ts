import { resourceTitle } from "../resourceTitle";

/** Where a resource is, as far as its URN tells: code-scanning pages want a line of a file, too. */
export function sarifLocation(urn: string, file: string) {
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: 1 } },
    logicalLocations: [
      { name: resourceTitle(urn).name, fullyQualifiedName: urn, kind: "resource" },
    ],
    message: {
      text: "The file that configures the stack stands for the program, which declares the resource.",
    },
  };
}

function uriOf(file: string): string {
  return file.split("/").map(encodeURIComponent).join("/");
}
