# The component in a Python program, as the Pulumi package in components/. To build the package, run
# `npm ci` in the root of the repository. Then, in this directory and with an AWS account:
#
#   pulumi install          # generates sdks/streamlake, and installs it with requirements.txt
#   pulumi stack init dev && pulumi config set aws:region us-east-1 --stack dev
#   pulumi up
#
# The data is protected, and stays in AWS. After a trial, delete it: add `protect=False` and
# `"force_destroy": True` in `bucket` to the arguments, then `pulumi up` and `pulumi destroy`.
import json

import pulumi
import pulumi_aws as aws
import pulumi_streamlake as streamlake

account_id = aws.get_caller_identity_output().account_id
# CloudWatch cannot publish to a topic that is encrypted with the AWS-managed key of SNS.
on_call_key = aws.kms.Key(
    "lake-on-call",
    description="Messages about alarms",
    enable_key_rotation=True,
    policy=pulumi.Output.json_dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"AWS": pulumi.Output.format("arn:aws:iam::{0}:root", account_id)},
                    "Action": "kms:*",
                    "Resource": "*",
                },
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "cloudwatch.amazonaws.com"},
                    "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
                    "Resource": "*",
                    "Condition": {"StringEquals": {"aws:SourceAccount": account_id}},
                },
            ],
        }
    ),
)
on_call = aws.sns.Topic("lake-on-call", kms_master_key_id=on_call_key.arn)
aws.sns.TopicSubscription(
    "lake-on-call",
    topic=on_call.arn,
    protocol="email",
    endpoint=pulumi.Config().require("alarmEmail"),
)

clicks = streamlake.DeliveryPipeline(
    "clicks",
    stream={"retention_hours": 72},
    bucket={"tiering": [{"storage_class": "GLACIER_IR", "after_days": 90}]},
    delivery={"buffer_interval_seconds": 120},
    alarms={"action_arns": [on_call.arn], "ok_action_arns": [on_call.arn]},
    tags={"team": "web"},
)

shop = aws.iam.Role(
    "shop",
    assume_role_policy=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "ecs-tasks.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                }
            ],
        }
    ),
)
aws.iam.RolePolicy("shop-sends-clicks", role=shop.name, policy=clicks.producer_policy)

pulumi.export("streamName", clicks.stream_name)
pulumi.export("bucketName", clicks.bucket_name)
pulumi.export("dashboardName", clicks.dashboard_name)
# Marked so that `pulumi up` does not print it: `pulumi stack output athenaTable --show-secrets`.
pulumi.export("athenaTable", pulumi.Output.secret(clicks.athena_table))
pulumi.export("shopRoleArn", shop.arn)
