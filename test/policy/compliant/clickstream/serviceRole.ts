import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { account } from "../documents";

export interface ServiceRoleArgs {
  readonly service: string;
  /** Name of the policy -> its statements. */
  readonly policies: Readonly<Record<string, pulumi.Input<pulumi.Input<object>[]>>>;
}

/** A role for one service of this account, with its policies attached. */
export class ServiceRole extends pulumi.ComponentResource {
  readonly role: iam.Role;
  readonly attachments: readonly iam.RolePolicyAttachment[];

  constructor(
    name: string,
    { service, policies }: ServiceRoleArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("platform:identity:ServiceRole", name, {}, options);
    this.role = new iam.Role(
      name,
      {
        path: "/platform/",
        permissionsBoundary: `arn:aws:iam::${account}:policy/platform-boundary`,
        assumeRolePolicy: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: service },
              Action: "sts:AssumeRole",
              Condition: { StringEquals: { "aws:SourceAccount": account } },
            },
          ],
        },
      },
      { parent: this },
    );
    this.attachments = Object.entries(policies).map(([purpose, statements]) => {
      const policy = new iam.Policy(
        `${name}-${purpose}`,
        { policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements }) },
        { parent: this },
      );
      return new iam.RolePolicyAttachment(
        `${name}-${purpose}`,
        { role: this.role, policyArn: policy.arn },
        { parent: this, deleteBeforeReplace: true },
      );
    });
    this.registerOutputs({ arn: this.role.arn });
  }
}
