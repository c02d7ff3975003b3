import { UNKNOWN, isObject, readValue } from "../../reading/value";
import type { Value } from "../../reading/value";
import { deliveryStreamType, streamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import type { EvaluatedResource } from "../../rule/resourceRule";
import { listOf } from "../../settings/setting";

export const kinesisResourcesHaveTags = resourceRule({
  name: "kinesis-resources-have-tags",
  title: "Streams and delivery streams have the required tags",
  description: "Every Kinesis data stream and delivery stream has the tags required by the config.",
  severity: "low",
  level: "advisory",
  references: {
    securityHub: [{ id: "Kinesis.2", title: "Kinesis streams should be tagged." }],
    when: { "security-hub:Kinesis.2": "requiredTags has at least one tag" },
  },
  remediationSteps: "Add the missing tags to tags, or to defaultTags of the AWS provider.",
  url: "https://docs.aws.amazon.com/streams/latest/dev/tagging.html",
  types: [streamType, deliveryStreamType],
  settings: {
    requiredTags: listOf({
      of: "tag names",
      defaultValue: [],
      description: "Names of the tags that each resource must have. Empty by default.",
    }),
  },
  evaluate(resource, verdict, { requiredTags }) {
    const sources = tagSources(resource);
    const missing = requiredTags.filter(
      (tag) => !sources.some((tags) => isObject(tags) && Object.hasOwn(tags, tag)),
    );
    if (missing.length === 0) return;
    if (sources.includes(UNKNOWN)) verdict.undecided("tags");
    else verdict.violation(`tags does not contain ${missing.join(", ")}: add the missing tags.`);
  },
});

/**
 * The tags of a resource, and the default tags of its provider. An explicit provider has them in its
 * own settings. Those of the default provider are in `tagsAll`.
 */
function tagSources({ props, provider }: EvaluatedResource): readonly (Value | undefined)[] {
  const defaults = provider && readValue(provider.props, "defaultTags");
  const block = typeof defaults === "string" ? parsed(defaults) : defaults;
  const defaultTags = isObject(block) ? block["tags"] : block;
  return [readValue(props, "tags"), readValue(props, "tagsAll"), defaultTags];
}

/** A provider's blocks arrive as JSON strings. Without valid JSON there are no tags. */
function parsed(json: string): Value | undefined {
  try {
    return JSON.parse(json) as Value;
  } catch {
    return undefined;
  }
}
