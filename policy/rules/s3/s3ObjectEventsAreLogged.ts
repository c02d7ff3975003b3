import {
  allOf,
  anyOf,
  asList,
  type Decision,
  isObject,
  type Properties,
  readEach,
  readValue,
  UNKNOWN,
  type Value,
  type ValueObject,
} from "../../reading/value";
import { bucketTypes, trailType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";

/** Disabled by default: the trail of an organization is usually in another stack. */
export const s3ObjectEventsAreLogged = stackRule({
  name: "s3-object-events-are-logged",
  title: "CloudTrail logs the events of S3 objects",
  description:
    "A trail of the stack logs read and write events of the objects of all buckets in all Regions.",
  severity: "medium",
  level: "disabled",
  references: {
    securityHub: [
      {
        id: "S3.22",
        title: "S3 general purpose buckets should log object-level write events.",
      },
      { id: "S3.23", title: "S3 general purpose buckets should log object-level read events." },
    ],
    trivy: ["AWS-0171", "AWS-0172"],
  },
  remediationSteps:
    'Add an aws.cloudtrail.Trail with isMultiRegionTrail, and with eventSelectors whose dataResources are of type "AWS::S3::Object" with "arn:aws:s3" in values.',
  url: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html",
  types: bucketTypes,
  evaluate(_bucket, verdict, _config, stack) {
    const trails = stack.ofTypes([trailType]);
    for (const access of accesses) {
      const isLogged = anyOf(trails.map(({ props }) => logs(props, access)));
      if (isLogged === UNKNOWN) verdict.undecided("the trail of the stack");
      else if (!isLogged) {
        const events = access === "ReadOnly" ? "read" : "write";
        verdict.violation(
          `No trail of the stack logs ${events} events of the objects of all buckets in all Regions: add them to an aws.cloudtrail.Trail.`,
        );
      }
    }
  },
});

const accesses = ["ReadOnly", "WriteOnly"] as const;
type Access = (typeof accesses)[number];

function logs(trail: Properties, access: Access): Decision {
  return allOf([
    is(readValue(trail, "enableLogging") ?? true, true),
    is(readValue(trail, "isMultiRegionTrail") ?? false, true),
    anyOf([
      ...readEach(trail, "eventSelectors").map((selector) => selects(selector, access)),
      ...readEach(trail, "advancedEventSelectors").map((selector) =>
        selectsByFields(selector, access),
      ),
    ]),
  ]);
}

function selects(selector: Value, access: Access): Decision {
  if (!isObject(selector)) return selector === UNKNOWN ? UNKNOWN : false;
  const readWriteType = selector["readWriteType"] ?? "All";
  return allOf([
    anyOf([is(readWriteType, "All"), is(readWriteType, access)]),
    anyOf(readEach(selector, "dataResources").map(isEveryObject)),
  ]);
}

function isEveryObject(resource: Value): Decision {
  if (!isObject(resource)) return resource === UNKNOWN ? UNKNOWN : false;
  const values = readEach(resource, "values");
  return allOf([
    is(resource["type"] ?? "", "AWS::S3::Object"),
    // Both forms mean every bucket, in any partition.
    anyOf(values.map((value) => matches(value, /^arn:aws[a-z-]*:s3(:::)?$/))),
  ]);
}

/** Without a selector for names of buckets, actions or users. */
function selectsByFields(selector: Value, access: Access): Decision {
  if (!isObject(selector)) return selector === UNKNOWN ? UNKNOWN : false;
  const fields = readEach(selector, "fieldSelectors");
  return allOf([
    anyOf(fields.map((field) => equals(field, "eventCategory", "Data"))),
    anyOf(fields.map((field) => equals(field, "resources.type", "AWS::S3::Object"))),
    ...fields.map((field) =>
      anyOf([
        equals(field, "eventCategory", "Data"),
        equals(field, "resources.type", "AWS::S3::Object"),
        equals(field, "readOnly", access === "ReadOnly" ? "true" : "false"),
      ]),
    ),
  ]);
}

function equals(selector: Value, field: string, wanted: string): Decision {
  if (!isObject(selector)) return selector === UNKNOWN ? UNKNOWN : false;
  const { field: found = "", equals: values = [], ...others }: ValueObject = selector;
  return allOf([
    is(found, field),
    anyOf(asList(values).map((value) => is(value, wanted))),
    Object.values(others).every((value) => value === null || isEmptyList(value)),
  ]);
}

function is(value: Value, wanted: Value): Decision {
  return value === UNKNOWN ? UNKNOWN : value === wanted;
}

function matches(value: Value, form: RegExp): Decision {
  if (value === UNKNOWN) return UNKNOWN;
  return typeof value === "string" && form.test(value);
}

function isEmptyList(value: Value): boolean {
  return Array.isArray(value) && value.length === 0;
}
