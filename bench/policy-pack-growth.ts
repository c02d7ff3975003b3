/**
 * How long the policy pack takes for a stack of 100, 1,000 and 10,000 resources, compared with the
 * same pack with empty rules. The difference is the cost of the rules; the rest is the SDK, which
 * converts a resource for each rule that looks at it. Targets: 10,000 resources within 4 s of CPU time,
 * and linear growth.
 *
 *   node -r ts-node/register/transpile-only bench/policy-pack-growth.ts
 */
import { DeliveryPipeline } from "../components/index";
import { packRules } from "../policy/pack";
import type { Rule } from "../policy/rule/rule";
import type { TestResource } from "../policy/testing";
import { resourceRequest, stackRequest } from "../policy/testing/requests";
import { sdkHandlers } from "../policy/testing/sdkHandlers";
import { record } from "../test/support/record";

const sizes = [100, 1_000, 10_000];
const rounds = 3;
/** One pipeline in this many violates a rule. */
const violationEvery = 50;

/** All resources of a pipeline, as a program registers them. */
async function pipeline(): Promise<readonly TestResource[]> {
  const { resources } = await record(
    () =>
      new DeliveryPipeline("events", {
        bucket: { accessLogs: true },
        encryption: { errorLog: true },
      }),
  );
  return resources.map(({ inputs, ...resource }) => ({ ...resource, props: inputs }));
}

/** A stack of pipelines with different names, with as many resources as requested. */
function stackOf(size: number, resources: readonly TestResource[]): readonly TestResource[] {
  const json = JSON.stringify(resources);
  const copies = Array.from({ length: Math.ceil(size / resources.length) }, (_, number) => {
    const named = json.replaceAll("events", `events-${number}`);
    const violating = named.replaceAll('"encryptionType":"KMS"', '"encryptionType":"NONE"');
    return JSON.parse(number % violationEvery === 1 ? violating : named) as TestResource[];
  });
  return copies.flat().slice(0, size);
}

/** The same rules, which are called as often but check nothing. */
function emptyRules(rules: readonly Rule[]): readonly Rule[] {
  return rules.map((rule) =>
    "validateStack" in rule
      ? { ...rule, validateStack: empty(rule.validateStack) }
      : { ...rule, validateResource: empty(rule.validateResource) },
  );
}

/** An empty function with the same properties: the SDK skips resources by the type it finds there. */
function empty(validate: object): () => void {
  return Object.assign(() => undefined, validate);
}

/** Seconds of CPU time of each contender's fastest round, which a busy machine disturbs the least. */
async function measure(
  contenders: readonly (readonly Rule[])[],
  resources: readonly TestResource[],
): Promise<readonly number[]> {
  const fastest = contenders.map(() => Infinity);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, rules] of contenders.entries()) {
      const started = process.cpuUsage();
      await evaluate(rules, resources);
      const { user, system } = process.cpuUsage(started);
      const seconds = (user + system) / 1e6;
      fastest[index] = Math.min(fastest[index] ?? seconds, seconds);
    }
  }
  return fastest;
}

/** As the process of a pack: it passes each response on and keeps none. */
async function evaluate(rules: readonly Rule[], resources: readonly TestResource[]): Promise<void> {
  const handlers = sdkHandlers([...rules]);
  for (const resource of resources) await handlers.analyze(resourceRequest(resource, false));
  await handlers.analyzeStack(stackRequest(resources, false));
}

async function main(): Promise<void> {
  const one = await pipeline();
  const rules = packRules();
  const contenders = [rules, emptyRules(rules)];
  await measure(contenders, stackOf(200, one));
  const results: (readonly number[])[] = [];
  for (const size of sizes) {
    const seconds = await measure(contenders, stackOf(size, one));
    const [pack = NaN, sdk = NaN] = seconds;
    results.push(seconds);
    console.log(
      `${size} resources: pack ${pack.toFixed(2)} s, ${((pack * 1e6) / size).toFixed(0)} us per resource; ` +
        `SDK alone ${sdk.toFixed(2)} s; pack / SDK ${(pack / sdk).toFixed(2)}`,
    );
  }
  const growth = (part: (pack: number, sdk: number) => number) => {
    const [smaller = NaN, larger = NaN] = results
      .slice(-2)
      .map(([pack = NaN, sdk = NaN]) => part(pack, sdk));
    return (larger / smaller).toFixed(1);
  };
  console.log(
    `growth from 1000 to 10000 (10 is linear): pack ${growth((pack) => pack)}, ` +
      `SDK alone ${growth((_, sdk) => sdk)}, rules alone ${growth((pack, sdk) => pack - sdk)}`,
  );
}

void main();
