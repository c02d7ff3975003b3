import type { Fault } from "./fault";

const type = "aws:cloudwatch/logGroup:LogGroup";

export const logsFaults: readonly Fault[] = [
  {
    what: "an error log that grows for ever",
    type,
    breaks: (props) => ({ ...props, retentionInDays: 0 }),
    caughtBy: ["logs-groups-expire-events"],
  },
  {
    what: "an error log that does not say how long it keeps events",
    type,
    breaks: (props) => ({ ...props, retentionInDays: undefined }),
    caughtBy: ["logs-groups-expire-events"],
  },
  {
    what: "an error log that is gone after a day",
    type,
    breaks: (props) => ({ ...props, retentionInDays: 1 }),
    caughtBy: ["logs-groups-expire-events"],
  },
  {
    what: "an error log without a key of one's own",
    type,
    breaks: (props) => ({ ...props, kmsKeyId: undefined }),
    caughtBy: ["logs-groups-are-encrypted"],
  },
];
