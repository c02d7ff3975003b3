import { isMap, parseAllDocuments, type Tags } from "yaml";
import type { Properties } from "../graph/resourceGraph";
import { type OfflineFunction, type OfflineFunctions, requiredArgument } from "./functionCall";

/**
 * With these functions, the components of `@pulumi/kubernetes` turn manifests into objects, one
 * resource for each. The package has no types for the results.
 */
export const kubernetesFunctions: OfflineFunctions = {
  "kubernetes:yaml:decode": {
    outputs: ["result"],
    answer: (args) => ({ result: manifests(requiredArgument(args, "text")) }),
  },
  "kubernetes:helm:template": renderedElsewhere("A Helm chart is not rendered offline."),
  "kubernetes:kustomize:directory": renderedElsewhere("A kustomization is not rendered offline."),
};

function renderedElsewhere(reason: string): OfflineFunction {
  return {
    outputs: ["result"],
    isLookup: true,
    lacks: `${reason} Its resources are not in this result.`,
    answer: () => ({}),
  };
}

/** Kubernetes reads YAML 1.1, but neither dates nor numbers with colons such as `80:80`. */
const KUBERNETES_TAGS = (tags: Tags): Tags =>
  tags.filter(
    (tag) =>
      typeof tag === "string" ||
      (tag.tag !== "tag:yaml.org,2002:timestamp" && !("format" in tag && tag.format === "TIME")),
  );

/** The objects of a manifest. Documents without a kind, which are often empty, do not count. */
function manifests(text: string): Properties[] {
  const documents = parseAllDocuments(text, { version: "1.1", customTags: KUBERNETES_TAGS });
  return [...documents].flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw new Error(`text is not valid YAML: ${error.message.trimEnd()}`);
    const isObject = isMap(document.contents) && typeof document.get("kind") === "string";
    return isObject ? [document.toJS() as Properties] : [];
  });
}
