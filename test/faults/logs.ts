import { resource } from "../../policy/testing";
import type { Fault } from "./fault";

const type = "aws:cloudwatch/logGroup:LogGroup";

export const logsFaults: readonly Fault[] = [
  {
    what: "an error log without expiration",
    type,
    breaks: (props) => ({ ...props, retentionInDays: 0 }),
    caughtBy: ["logs-groups-expire-events"],
  },
  {
    what: "an error log without a retention setting",
    type,
    breaks: (props) => ({ ...props, retentionInDays: undefined }),
    caughtBy: ["logs-groups-expire-events"],
  },
  {
    what: "an error log with a retention of 1 day",
    type,
    breaks: (props) => ({ ...props, retentionInDays: 1 }),
    caughtBy: ["logs-groups-expire-events"],
  },
  {
    what: "an error log without a customer-managed key",
    type,
    breaks: (props) => ({ ...props, kmsKeyId: undefined }),
    caughtBy: ["logs-groups-are-encrypted"],
  },
  {
    what: "log groups that everyone may write to",
    type,
    becomes: (logGroup) => [
      logGroup,
      resource("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "events", {
        policyDocument: JSON.stringify({
          Statement: {
            Effect: "Allow",
            Principal: "*",
            Action: "logs:PutLogEvents",
            Resource: "*",
          },
        }),
      }),
    ],
    caughtBy: ["logs-resource-policies-are-not-public"],
  },
];
