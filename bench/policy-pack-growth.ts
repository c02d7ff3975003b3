/**
 * How long the policy pack takes for a stack of 100, 1,000 and 10,000 resources, against the same
 * pack with rules that say nothing: what is left then is the SDK, which hands every resource to
 * every rule. Targets: 10,000 resources within 5 s, and time that grows with their number.
 *
 *   node -r ts-node/register/transpile-only bench/policy-pack-growth.ts
 */
import { DeliveryPipeline } from "../components/index";
import { packRules } from "../policy/pack";
import type { Rule } from "../policy/rule/rule";
import { evaluatePolicies } from "../policy/testing";
import type { TestResource } from "../policy/testing";
import { record } from "../test/support/record";

const sizes = [100, 1_000, 10_000];
const rounds = 3;
/** One pipeline in so many has a fault. */
const faultEvery = 50;

/** All that a pipeline consists of, as a program registers it. */
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

/** Pipelines with names of their own, until there are enough resources. */
function stackOf(size: number, resources: readonly TestResource[]): readonly TestResource[] {
  const text = JSON.stringify(resources);
  const copies = Array.from({ length: Math.ceil(size / resources.length) }, (_, number) => {
    const named = text.replaceAll("events", `events-${number}`);
    const faulty = named.replaceAll('"encryptionType":"KMS"', '"encryptionType":"NONE"');
    return JSON.parse(number % faultEvery === 1 ? faulty : named) as TestResource[];
  });
  return copies.flat().slice(0, size);
}

/** Rules that are asked as often, and have no answer. */
function silent(rules: readonly Rule[]): readonly Rule[] {
  return rules.map((rule) =>
    "validateStack" in rule
      ? { ...rule, validateStack: quiet(rule.validateStack) }
      : { ...rule, validateResource: quiet(rule.validateResource) },
  );
}

/** The type that the SDK looks for on a function stays: it saves the SDK the reading. */
function quiet(validate: object): () => void {
  return Object.assign(() => undefined, validate);
}

/** Seconds of the fastest of some rounds in turn, which a busy machine disturbs least. */
async function measure(
  contenders: readonly (readonly Rule[])[],
  resources: readonly TestResource[],
): Promise<readonly number[]> {
  const fastest = contenders.map(() => Infinity);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, rules] of contenders.entries()) {
      const started = performance.now();
      await evaluatePolicies(rules, resources);
      const seconds = (performance.now() - started) / 1e3;
      fastest[index] = Math.min(fastest[index] ?? seconds, seconds);
    }
  }
  return fastest;
}

async function main(): Promise<void> {
  const one = await pipeline();
  const rules = packRules();
  const contenders = [rules, silent(rules)];
  await measure(contenders, stackOf(200, one));
  const found: (readonly number[])[] = [];
  for (const size of sizes) {
    const seconds = await measure(contenders, stackOf(size, one));
    const [pack = NaN, sdk = NaN] = seconds;
    found.push(seconds);
    console.log(
      `${size} resources: pack ${pack.toFixed(2)} s, ${((pack * 1e6) / size).toFixed(0)} us each; ` +
        `SDK alone ${sdk.toFixed(2)} s; pack / SDK ${(pack / sdk).toFixed(2)}`,
    );
  }
  const growth = (part: (pack: number, sdk: number) => number) => {
    const [smaller = NaN, larger = NaN] = found
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
