import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const port = config.getNumber("port") ?? 80;
const image = config.get("image") ?? "public.ecr.aws/nginx/nginx:stable";

const vpc = aws.ec2.getVpcOutput({ default: true });
const subnets = aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpc.id] }] });
const open = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };
const group = new aws.ec2.SecurityGroup("web", {
  vpcId: vpc.id,
  ingress: [{ ...open, protocol: "tcp", fromPort: port, toPort: port }],
  egress: [open],
});

const cluster = new aws.ecs.Cluster("cluster");
const logs = new aws.cloudwatch.LogGroup("web", { retentionInDays: 7 });
const role = new aws.iam.Role("task-execution", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ecs-tasks.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("task-execution", {
  role: role.name,
  policyArn: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
});
const balancer = new aws.lb.LoadBalancer("web", {
  securityGroups: [group.id],
  subnets: subnets.ids,
});
const targets = new aws.lb.TargetGroup("web", {
  port,
  protocol: "HTTP",
  targetType: "ip",
  vpcId: vpc.id,
});
const listener = new aws.lb.Listener("web", {
  loadBalancerArn: balancer.arn,
  port,
  defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
});
const task = new aws.ecs.TaskDefinition("web", {
  family: "web",
  cpu: "256",
  memory: "512",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  executionRoleArn: role.arn,
  containerDefinitions: pulumi.jsonStringify([
    {
      name: "web",
      image,
      portMappings: [{ containerPort: port }],
      logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": logs.name } },
    },
  ]),
});
new aws.ecs.Service(
  "web",
  {
    cluster: cluster.arn,
    desiredCount: 2,
    launchType: "FARGATE",
    taskDefinition: task.arn,
    networkConfiguration: {
      assignPublicIp: true,
      subnets: subnets.ids,
      securityGroups: [group.id],
    },
    loadBalancers: [{ targetGroupArn: targets.arn, containerName: "web", containerPort: port }],
  },
  { dependsOn: [listener] },
);

export const url = pulumi.interpolate`http://${balancer.dnsName}`;
