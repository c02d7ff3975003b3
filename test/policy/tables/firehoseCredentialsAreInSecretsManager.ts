import { firehoseCredentialsAreInSecretsManager } from "../../../policy/rules/firehose/firehoseCredentialsAreInSecretsManager";
import { secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream } from "./resources";

const to = (block: string, props: unknown) => ({ resources: deliveryStream({ [block]: props }) });
const toSplunk = (hecToken: unknown, more: object = {}) =>
  to("splunkConfiguration", { hecToken, ...more });
const fromSecret = {
  secretsManagerConfiguration: { enabled: true, secretArn: unknown, roleArn: unknown },
};

export const firehoseCredentialsAreInSecretsManagerTable: PolicyTable = {
  policy: firehoseCredentialsAreInSecretsManager,
  pass: {
    "a token in Secrets Manager": toSplunk(undefined, fromSecret),
    "an empty token": toSplunk("", fromSecret),
    "an endpoint without an access key": to("httpEndpointConfiguration", {
      url: "https://a.example",
    }),
    "a user without a password": to("redshiftConfiguration", { username: "loader", ...fromSecret }),
    "a key in Secrets Manager": to("snowflakeConfiguration", { user: "loader", ...fromSecret }),
  },
  fail: {
    "a token": {
      ...toSplunk("token"),
      messages: [
        /splunkConfiguration\.hecToken contains a credential: set secretsManagerConf.*remove/,
      ],
    },
    "a token that is a secret of Pulumi": {
      ...toSplunk(secret("token")),
      messages: [/splunkConfiguration\.hecToken contains a credential/],
    },
    "a token in addition to Secrets Manager": {
      ...toSplunk("token", fromSecret),
      messages: [/splunkConfiguration\.hecToken contains a credential/],
    },
    "a password": {
      ...to("redshiftConfiguration", { username: "loader", password: "password" }),
      messages: [/redshiftConfiguration\.password contains a credential/],
    },
    "an access key": {
      ...to("httpEndpointConfiguration", { accessKey: "key" }),
      messages: [/httpEndpointConfiguration\.accessKey contains a credential/],
    },
    "a private key and its passphrase": {
      ...to("snowflakeConfiguration", secret({ privateKey: "key", keyPassphrase: "phrase" })),
      messages: [
        /snowflakeConfiguration\.privateKey contains a credential/,
        /snowflakeConfiguration\.keyPassphrase contains a credential/,
      ],
    },
  },
  undecided: {
    "an unknown token": { ...toSplunk(unknown), what: "splunkConfiguration.hecToken" },
    "an unknown destination": {
      ...to("redshiftConfiguration", unknown),
      what: "redshiftConfiguration.password",
    },
  },
  notApplicable: {
    "a delivery stream to S3": {
      ...to("extendedS3Configuration", {}),
      reason: /needs no credential/,
    },
    "a destination that a role gives access to": {
      ...to("icebergConfiguration", {}),
      reason: /needs no credential/,
    },
  },
};
