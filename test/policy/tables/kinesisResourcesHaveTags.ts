import { kinesisResourcesHaveTags } from "../../../policy/rules/kinesis/kinesisResourcesHaveTags";
import { secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream, stream } from "./resources";

const config = { requiredTags: ["owner", "team"] };
const given = (tags: unknown, defaultTags?: unknown): readonly TestResource[] =>
  stream({ tags }).map((resource) => ({ ...resource, providerInputs: { defaultTags } }));
const json = (tags: unknown): string => JSON.stringify({ tags });

export const kinesisResourcesHaveTagsTable: PolicyTable = {
  policy: kinesisResourcesHaveTags,
  pass: {
    "no tags when the config asks for none": { resources: stream({}) },
    "a stream with all of them": {
      resources: stream({ tags: { owner: "me", team: "data", more: "" } }),
      config,
    },
    "a delivery stream with all of them": {
      resources: deliveryStream({ tags: { owner: "me", team: "data" } }),
      config,
    },
    "tags whose values are unknown": {
      resources: stream({ tags: { owner: unknown, team: unknown } }),
      config,
    },
    "secret tags": { resources: stream({ tags: secret({ owner: "me", team: "data" }) }), config },
    "tags that its provider adds": {
      resources: given({ owner: "me" }, json({ team: "data" })),
      config,
    },
    "tags of a provider that is given as an object": {
      resources: given(undefined, { tags: { owner: "me", team: "data" } }),
      config,
    },
  },
  fail: {
    "absent tags": {
      resources: stream({}),
      config,
      messages: [/tags does not contain owner, team: add the missing tags/],
    },
    "one that is missing, on a delivery stream": {
      resources: deliveryStream({ tags: { owner: "me" } }),
      config,
      messages: [/tags does not contain team/],
    },
    "a name in another case": {
      resources: stream({ tags: { Owner: "me", team: "data" } }),
      config,
      messages: [/tags does not contain owner/],
    },
    "a provider without the missing one": {
      resources: given({ owner: "me" }, json({ other: "x" })),
      config,
      messages: [/tags does not contain team/],
    },
    "a provider whose default tags are no JSON, without repeating them": {
      resources: given({ owner: "me" }, "hunter2"),
      config,
      messages: [/tags does not contain team/],
    },
  },
  undecided: {
    "unknown tags": { resources: stream({ tags: unknown }), config, what: "tags" },
    "unknown tags of its provider": {
      resources: given({ owner: "me" }, unknown),
      config,
      what: "tags",
    },
  },
  setIsEnough: ["tags.owner", "tags.team", "tags.Owner"],
};
