import { UNKNOWN, readValue } from "../../reading/value";
import { topicSubscriptionType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

const path = "protocol";

export const snsSubscriptionsUseHttps = resourceRule({
  name: "sns-subscriptions-use-https",
  title: "SNS subscriptions use HTTPS",
  description: "No SNS subscription delivers messages over plain HTTP.",
  severity: "high",
  references: { prowler: ["sns_subscription_not_using_http_endpoints"] },
  remediationSteps: 'Set protocol to "https", with an endpoint that supports it.',
  url: "https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html",
  types: [topicSubscriptionType],
  evaluate({ props }, verdict) {
    const protocol = readValue(props, path);
    if (protocol === UNKNOWN) verdict.undecided(path);
    else if (protocol === "http") verdict.violation(`${path} is "http": set it to "https".`);
  },
});
