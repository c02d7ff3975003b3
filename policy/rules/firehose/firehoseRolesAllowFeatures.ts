import type { PolicyResource } from "@pulumi/policy";
import type { Statement } from "../../reading/policyStatement";
import {
  allOf,
  anyOf,
  type Decision,
  type Properties,
  readValue,
  UNKNOWN,
} from "../../reading/value";
import { matchesPattern } from "../../reading/wildcard";
import { deliveryStreamType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { roles } from "../../stack/link";
import type { Stack } from "../../stack/stack";
import { policiesOf, type RolePolicies } from "../iam/rolePolicies";
import { coversAction, coversEverything, somePattern } from "../iam/wildcardPatterns";
import { destination } from "./destinations";
import { readPrefix } from "./prefixLanguage";
import { parameterOf, processorsOf } from "./processors";
import { hasProcessor } from "./recordProcessing";
import { convertsFormat, formatConversion } from "./s3Configurations";

/** The calls that Firehose makes for a feature, with the role of the feature. */
interface FeatureRights {
  readonly what: string;
  readonly isUsed: (props: Properties) => Decision;
  readonly rolePath: string;
  readonly actions: readonly string[];
  /** The ARN of the resource; `undefined` if any will do. */
  readonly resource?: (props: Properties) => unknown;
  /** Whether the resource can be another one, which a narrower statement allows. */
  readonly isOther?: (props: Properties) => boolean;
}

const backup = `${destination}.s3BackupConfiguration`;

/** Source: Firehose Developer Guide, "Grant Firehose access to an Amazon S3 destination". */
const features: readonly FeatureRights[] = [
  {
    what: "invoke the function",
    // With RoleArn, the processor has a role of its own.
    isUsed: (props) =>
      allOf([hasProcessor(props, "Lambda"), lambdaParameter(props, "RoleArn") === undefined]),
    rolePath: `${destination}.roleArn`,
    actions: ["lambda:InvokeFunction", "lambda:GetFunctionConfiguration"],
    resource: (props) => lambdaParameter(props, "LambdaArn"),
  },
  {
    what: "read the Glue table",
    isUsed: convertsFormat,
    rolePath: `${formatConversion}.schemaConfiguration.roleArn`,
    actions: ["glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions"],
  },
  {
    what: "write the backup",
    isUsed: (props) => {
      const mode = readValue(props, `${destination}.s3BackupMode`);
      return mode === UNKNOWN ? UNKNOWN : mode === "Enabled";
    },
    rolePath: `${backup}.roleArn`,
    actions: ["s3:PutObject"],
    resource: (props) => {
      const bucket = readValue(props, `${backup}.bucketArn`);
      const prefix = readValue(props, `${backup}.prefix`);
      // A narrow role may write below the prefix only.
      const head = typeof prefix === "string" ? readPrefix(prefix).head : "";
      return typeof bucket === "string" ? `${bucket}/${head}object` : bucket;
    },
    isOther: (props) => readValue(props, `${backup}.prefix`) === UNKNOWN,
  },
];

export const firehoseRolesAllowFeatures = stackRule({
  name: "firehose-roles-allow-features",
  title: "Roles of delivery streams allow their features",
  description:
    "The role of every delivery stream allows the calls that Firehose makes for transformation, format conversion and backup.",
  severity: "medium",
  level: "advisory",
  references: { wellArchitected: ["reliability"] },
  remediationSteps:
    "Allow lambda:InvokeFunction and lambda:GetFunctionConfiguration on the function, glue:GetTable, glue:GetTableVersion and glue:GetTableVersions on the catalog, the database and the table, and s3:PutObject on the objects of the backup.",
  url: "https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html",
  types: [deliveryStreamType],
  evaluate(deliveryStream, verdict, _, stack) {
    const { props } = deliveryStream;
    const used = features.filter(({ isUsed }) => isUsed(props) !== false);
    if (used.length === 0) {
      verdict.inapplicable("the delivery stream has no feature that calls another service");
      return;
    }
    const evaluated = used.flatMap((feature) => {
      const role = roleOf(deliveryStream, feature, stack);
      return role ? [{ feature, policies: policiesOf(role, stack) }] : [];
    });
    const denied = evaluated.flatMap(({ feature, policies }) => {
      const actions = deniedActions(feature, policies, props);
      return actions.length > 0 ? [{ feature, actions }] : [];
    });
    for (const { feature, actions } of denied)
      if (feature.isUsed(props) === true)
        verdict.violation(
          `A policy of the role in ${feature.rolePath} denies ${actions.join(" and ")}, without which Firehose cannot ${feature.what}: remove the Deny.`,
        );
      else verdict.undecided("the policies of the roles");
    // What the stack does not declare can allow anything.
    const open = evaluated.filter(({ feature }) => !denied.some((one) => one.feature === feature));
    const known = open.filter(({ policies }) => !policies.hasOthers);
    if (known.length === 0 && denied.length === 0) {
      verdict.inapplicable("the policies of its roles are not declared in this stack");
    }
    for (const { feature, policies } of known) {
      const { what, actions, isUsed } = feature;
      const resource = feature.resource?.(props);
      const isOther = feature.isOther?.(props) === true;
      const lacking = actions.map((action) => {
        const allowed = anyOf(
          policies.documents.flat().map((statement) => allows(statement, action, resource)),
        );
        return { action, allowed: allowed === false && isOther ? UNKNOWN : allowed };
      });
      const missing = lacking.filter(({ allowed }) => allowed === false);
      const isOpen = policies.mayGrow || lacking.some(({ allowed }) => allowed === UNKNOWN);
      if (missing.length > 0 && !policies.mayGrow && isUsed(props) === true) {
        const names = missing.map(({ action }) => action).join(" and ");
        verdict.violation(
          `No policy of the role in ${feature.rolePath} allows ${names}, without which Firehose cannot ${what}: add a statement.`,
        );
      } else if (missing.length > 0 || isOpen) verdict.undecided("the policies of the roles");
    }
  },
});

function roleOf(
  deliveryStream: PolicyResource,
  { rolePath }: FeatureRights,
  stack: Stack,
): PolicyResource | undefined {
  const [link] = stack.links(deliveryStream, rolePath, roles);
  return link?.kind === "declared" ? link.resource : undefined;
}

function allows(
  { effect, action, notAction, resource }: Statement,
  wanted: string,
  arn: unknown,
): Decision {
  if (effect === "Deny") return false;
  const covers = (pattern: string): boolean =>
    typeof arn !== "string" || matchesPattern(pattern, arn);
  return allOf([
    effect === UNKNOWN ? UNKNOWN : true,
    anyOf([
      somePattern(action, (pattern) => coversAction(pattern, wanted)),
      notAction === undefined ? false : UNKNOWN,
    ]),
    resource === undefined ? UNKNOWN : somePattern(resource, covers),
  ]);
}

/** What a Deny in any policy of a role takes, whatever its other policies allow. */
function deniedActions(
  { actions, resource, isOther }: FeatureRights,
  { documents }: RolePolicies,
  props: Properties,
): readonly string[] {
  const arn = isOther?.(props) === true ? undefined : resource?.(props);
  return actions.filter((action) =>
    documents.flat().some((statement) => denies(statement, action, arn)),
  );
}

/** Whether a statement certainly denies an action on a resource, whatever the request. */
function denies(
  { effect, action = [], resource = [], conditions }: Statement,
  wanted: string,
  arn: unknown,
): boolean {
  if (effect !== "Deny" || conditions === UNKNOWN || conditions.length > 0) return false;
  const covers = (pattern: string): boolean =>
    coversEverything(pattern) || (typeof arn === "string" && matchesPattern(pattern, arn));
  return (
    somePattern(action, (pattern) => coversAction(pattern, wanted)) === true &&
    somePattern(resource, covers) === true
  );
}

function lambdaParameter(props: Properties, name: string): unknown {
  const processor = processorsOf(props).find(({ type }) => type === "Lambda");
  return processor && parameterOf(processor, name);
}
