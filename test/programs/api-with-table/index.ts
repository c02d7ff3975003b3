import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const table = new aws.dynamodb.Table(
  "notes",
  {
    attributes: [{ name: "id", type: "S" }],
    hashKey: "id",
    billingMode: "PAY_PER_REQUEST",
  },
  { protect: true },
);
const role = new aws.iam.Role("handler", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal(aws.iam.Principals.LambdaPrincipal),
});
new aws.iam.RolePolicy("handler", {
  role: role.id,
  policy: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Resource: table.arn },
    ],
  },
});
const handler = new aws.lambda.Function("handler", {
  role: role.arn,
  runtime: aws.lambda.Runtime.NodeJS20dX,
  handler: "index.handler",
  code: new pulumi.asset.AssetArchive({
    ".": new pulumi.asset.FileArchive("./handler"),
    "version.txt": new pulumi.asset.StringAsset("1"),
  }),
  environment: { variables: { TABLE: table.name } },
});
const api = new aws.apigatewayv2.Api("notes", { protocolType: "HTTP" });
new aws.lambda.Permission("api", {
  action: "lambda:InvokeFunction",
  function: handler.name,
  principal: "apigateway.amazonaws.com",
  sourceArn: pulumi.interpolate`${api.executionArn}/*/*`,
});
const integration = new aws.apigatewayv2.Integration("handler", {
  apiId: api.id,
  integrationType: "AWS_PROXY",
  integrationUri: handler.invokeArn,
  payloadFormatVersion: "2.0",
});
const routes = ["GET /notes", "PUT /notes/{id}"].map(
  (routeKey) =>
    new aws.apigatewayv2.Route(routeKey.replace(/\W+/g, "-"), {
      apiId: api.id,
      routeKey,
      target: pulumi.interpolate`integrations/${integration.id}`,
    }),
);
const stage = new aws.apigatewayv2.Stage(
  "live",
  { apiId: api.id, name: pulumi.getStack(), autoDeploy: true },
  { dependsOn: routes },
);

export const endpoint = pulumi.interpolate`${api.apiEndpoint}/${stage.name}`;
export const tableName = table.name;
