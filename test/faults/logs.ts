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
];
