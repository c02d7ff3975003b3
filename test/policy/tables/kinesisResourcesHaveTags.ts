import { kinesisResourcesHaveTags } from "../../../policy/rules/kinesis/kinesisResourcesHaveTags";
import { secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream, stream } from "./resources";

const config = { requiredTags: ["owner", "team"] };
const tagged = (tags: unknown, defaultTags?: unknown): readonly TestResource[] =>
  stream({ tags }).map((resource) => ({ ...resource, providerInputs: { defaultTags } }));
const json = (tags: unknown): string => JSON.stringify({ tags });

export const kinesisResourcesHaveTagsTable: PolicyTable = {
  policy: kinesisResourcesHaveTags,
  pass: {
    "no tags if the config requires none": { resources: stream({}) },
    "a stream with all required tags": {
      resources: stream({ tags: { owner: "me", team: "data", more: "" } }),
      config,
    },
    "a delivery stream with all required tags": {
      resources: deliveryStream({ tags: { owner: "me", team: "data" } }),
      config,
    },
    "tags whose values are unknown": {
      resources: stream({ tags: { owner: unknown, team: unknown } }),
      config,
    },
    "secret tags": { resources: stream({ tags: secret({ owner: "me", team: "data" }) }), config },
    "default tags of the provider": {
      resources: tagged({ owner: "me" }, json({ team: "data" })),
      config,
    },
    "default tags of the default provider": {
      resources: stream({ tags: { owner: "me" }, tagsAll: { owner: "me", team: "data" } }),
      config,
    },
    "default tags of the provider as an object": {
      resources: tagged(undefined, { tags: { owner: "me", team: "data" } }),
      config,
    },
  },
  fail: {
    "absent tags": {
      resources: stream({}),
      config,
      messages: [/tags does not contain owner, team: add the missing tags/],
    },
    "a missing tag of a delivery stream": {
      resources: deliveryStream({ tags: { owner: "me" } }),
      config,
      messages: [/tags does not contain team/],
    },
    "a name in another case": {
      resources: stream({ tags: { Owner: "me", team: "data" } }),
      config,
      messages: [/tags does not contain owner/],
    },
    "a provider without the missing tag": {
      resources: tagged({ owner: "me" }, json({ other: "x" })),
      config,
      messages: [/tags does not contain team/],
    },
    "a provider whose default tags are not JSON, without quoting them": {
      resources: tagged({ owner: "me" }, "hunter2"),
      config,
      messages: [/tags does not contain team/],
    },
  },
  undecided: {
    "unknown tags": { resources: stream({ tags: unknown }), config, what: "tags" },
    "unknown default tags of the default provider": {
      resources: stream({ tags: { owner: "me" }, tagsAll: unknown }),
      config,
      what: "tags",
    },
    "unknown default tags of the provider": {
      resources: tagged({ owner: "me" }, unknown),
      config,
      what: "tags",
    },
  },
  anyValuePasses: ["tags.owner", "tags.team", "tags.Owner"],
};
