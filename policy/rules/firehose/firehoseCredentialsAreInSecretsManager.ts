import { readValue, UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { otherDestinationsOf } from "./destinations";

/** The properties that contain a credential itself, by destination. */
const credentials: Readonly<Record<string, readonly string[]>> = {
  splunkConfiguration: ["hecToken"],
  redshiftConfiguration: ["password"],
  httpEndpointConfiguration: ["accessKey"],
  snowflakeConfiguration: ["privateKey", "keyPassphrase"],
};

/** Rules receive secrets as plain text, and so does Firehose: an encrypted value is no exception. */
export const firehoseCredentialsAreInSecretsManager = resourceRule({
  name: "firehose-credentials-are-in-secrets-manager",
  title: "Delivery streams get credentials from Secrets Manager",
  description:
    "No delivery stream contains a token, password or key of its destination: Firehose reads it from Secrets Manager.",
  severity: "high",
  references: {
    cfnGuard: [
      "KINESIS_FIREHOSE_REDSHIFT_DESTINATION_CONFIGURATION_NO_PLAINTEXT_PASSWORD",
      "KINESIS_FIREHOSE_SPLUNK_DESTINATION_CONFIGURATION_NO_PLAINTEXT_PASSWORD",
    ],
  },
  remediationSteps:
    "Store the credential in Secrets Manager, set enabled true, secretArn and roleArn in secretsManagerConfiguration of the destination, and remove the credential.",
  url: "https://docs.aws.amazon.com/firehose/latest/dev/secrets-manager-how.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    const found = otherDestinationsOf(props).filter(({ path }) => path in credentials);
    if (found.length === 0) {
      verdict.inapplicable("the destination of the delivery stream needs no credential");
    }
    for (const { path } of found) {
      for (const name of credentials[path] ?? []) {
        const credential = readValue(props, `${path}.${name}`) ?? "";
        if (credential === UNKNOWN) verdict.undecided(`${path}.${name}`);
        else if (credential !== "") {
          verdict.violation(
            `${path}.${name} contains a credential: set secretsManagerConfiguration, and remove it.`,
          );
        }
      }
    }
  },
});
