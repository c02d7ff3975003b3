import type { DeliveryStreamDescription } from "@aws-sdk/client-firehose";
import { authorize } from "../../aws/iam/evaluation/authorize";
import type { IamPolicy } from "../../aws/iam/language/iamPolicy";
import { readPolicy } from "../../aws/iam/language/readPolicy";
import { expectedCalls } from "../../local/access/expectedCalls";
import type {
  AccessModel,
  DescribedEncryption,
  ResourcePolicy,
  RoleRequest,
} from "../../records/diagnose/deployed/accessModel";
import { describedDelivery } from "./describedDelivery";

/** Lists and decides requests of a deployed delivery stream as the access check of a plan does. */
export const accessModel: AccessModel = {
  requests: (description: DeliveryStreamDescription, encryption: DescribedEncryption) => {
    const delivery = describedDelivery(description);
    const { calls } = expectedCalls(delivery, ({ bucketArn, kmsKeyArn }) => ({
      ...encryption,
      // The default encryption of the bucket of a backup is not read.
      ...(bucketArn !== delivery.bucketArn && ofBackup(kmsKeyArn)),
      // Which account owns a bucket is not in its ARN.
      foreignBucket: false,
    }));
    const requests = Object.values(calls).flat();
    return [...new Map(requests.map((request) => [JSON.stringify(request), request])).values()];
  },
  decide(request: RoleRequest, isAllowedByRole: boolean, policy: ResourcePolicy | undefined) {
    try {
      const decision = authorize(request, {
        ...(isAllowedByRole && { identity: [everything] }),
        ...(policy && { resource: readPolicy(policy.name, policy.json) }),
        resourceAccount: accountOf(request),
      });
      if (decision.outcome === "allowed") return { outcome: "allowed" };
      const { outcome } = decision;
      const reason = "message" in decision ? decision.message : decision.reason;
      return { outcome, reason };
    } catch (error) {
      // The evaluator does not know an element of the policy.
      return { outcome: "undecided", reason: (error as Error).message };
    }
  },
};

function ofBackup(objectKey: string | undefined): object {
  const isOwn = objectKey !== undefined && !objectKey.includes(":alias/aws/");
  return { objectKey: isOwn ? objectKey : undefined, bucketKey: "unknown" };
}

/** What AWS's simulation has decided for the policies of the role. */
const everything: IamPolicy = {
  name: "policies of the role",
  version: "2012-10-17",
  statements: [
    { sid: "Simulated", effect: "Allow", actions: ["*"], resources: ["*"], conditions: [] },
  ],
};

/** A bucket's ARN has no account: then it is that of the role. */
function accountOf({ caller, resource }: RoleRequest): string {
  const accountIn = (arn: string): string => arn.split(":")[4] ?? "";
  return accountIn(resource) || ("roleArn" in caller ? accountIn(caller.roleArn) : "");
}
