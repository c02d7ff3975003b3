import { arn, type AwsShapes, named } from "./shape";

/** Sources: Service Authorization Reference, "AWS Secrets Manager", "AWS Systems Manager"; provider, "Import". */
export const systemsShapes: AwsShapes = {
  // The ARN of a secret ends with six random characters.
  "aws:secretsmanager/secret:Secret": { name: named(512), tagged: true },
  "aws:secretsmanager/secretPolicy:SecretPolicy": { id: "{secretArn}" },
  "aws:secretsmanager/secretRotation:SecretRotation": {},
  "aws:secretsmanager/secretVersion:SecretVersion": {},
  "aws:ssm/activation:Activation": { name: named(255), tagged: true },
  "aws:ssm/association:Association": { tagged: true },
  "aws:ssm/document:Document": {
    name: named(128),
    tagged: true,
    outputs: { arn: arn("ssm", "document/{name}") },
    id: "{name}",
  },
  "aws:ssm/maintenanceWindow:MaintenanceWindow": { name: named(128), tagged: true },
  "aws:ssm/parameter:Parameter": {
    name: named(1011),
    tagged: true,
    outputs: { arn: arn("ssm", "parameter{name|slash}") },
    id: "{name}",
  },
  "aws:ssm/patchBaseline:PatchBaseline": { name: named(128), tagged: true },
  "aws:ssm/patchGroup:PatchGroup": { id: "{patchGroup},{baselineId}" },
  "aws:ssm/resourceDataSync:ResourceDataSync": { name: named(64), id: "{name}" },
  "aws:ssm/serviceSetting:ServiceSetting": {},
};
