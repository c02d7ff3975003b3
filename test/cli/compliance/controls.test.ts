import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  complianceData,
  type CoveredControl,
  controlPage,
  unmetCondition,
} from "../../../cli/compliance/controls";
import { FRAMEWORKS } from "../../../cli/compliance/framework";
import { rules } from "../../../policy/rules";

const data = complianceData();
const controls = Object.entries(data.controls);
const covered = controls.filter(
  (entry): entry is [string, CoveredControl] => !("notCovered" in entry[1]),
);

describe("the controls of compliance frameworks", () => {
  it("are implemented by rules that name them in their references", () => {
    const missing = covered.flatMap(([id, control]) =>
      control.rules.filter((name) => {
        const rule = rules.find((one) => one.name === name);
        return rule?.tags?.includes(`security-hub:${id}`) !== true;
      }),
    );
    assert.deepEqual(missing, []);
    assert.ok(covered.every(([, control]) => control.rules.length > 0));
  });

  it("include each control that a rule names, if a framework has it", () => {
    const named = new Set(
      rules.flatMap(({ tags = [] }) =>
        tags.flatMap((tag) => /^security-hub:(.*)$/u.exec(tag)?.[1] ?? []),
      ),
    );
    // AWS relates no requirement to it, and it is not one of the Foundational Security Best Practices.
    const outside = ["Kinesis.2"];
    const ids = [...named].filter((id) => !outside.includes(id)).sort();
    assert.deepEqual(covered.map(([id]) => id).sort(), ids);
  });

  it("have the titles that the rules give", () => {
    for (const { framework } of rules) {
      const control = data.controls[framework?.reference ?? ""];
      if (control) assert.equal(`${control.title}.`, framework?.specification);
    }
  });

  it("need settings that their rules have", () => {
    const conditions = covered.flatMap(([, { rules: names, when = [] }]) =>
      when.map((condition) => ({ ...condition, names })),
    );
    assert.equal(conditions.length, 4);
    for (const { rule, setting, names } of conditions) {
      assert.ok(names.includes(rule), rule);
      const found = rules.find(({ name }) => name === rule);
      assert.ok(Object.hasOwn(found?.settings ?? {}, setting.split(".")[0] ?? ""), setting);
    }
  });

  it("have ids of requirements in the form of each framework, and for FSBP their own", () => {
    const forms = {
      nist80053r5: /^[A-Z]{2}-\d+(?:\(\d+\))?$/u,
      cis: /^\d+(?:\.\d+)+$/u,
      pci: /^\d+(?:\.\d+)+$/u,
      fsbp: /^[A-Za-z0-9]+\.\d+$/u,
    };
    for (const [id, { requirements }] of controls) {
      assert.notEqual(Object.keys(requirements).length, 0, id);
      for (const framework of FRAMEWORKS) {
        const ids = requirements[framework] ?? [];
        assert.deepEqual([...new Set(ids)], ids);
        for (const requirement of ids) assert.match(requirement, forms[framework]);
      }
      if (requirements.fsbp) assert.deepEqual(requirements.fsbp, [id]);
    }
  });

  it("relate to what AWS lists for a control", () => {
    // https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-20
    assert.deepEqual(data.controls["S3.20"]?.requirements, {
      nist80053r5: ["CA-9(1)", "CM-2", "CM-2(2)", "CM-3", "SC-5(2)"],
      cis: ["2.1.2"],
    });
    // https://docs.aws.amazon.com/securityhub/latest/userguide/sqs-controls.html#sqs-1
    assert.deepEqual(data.controls["SQS.1"]?.requirements, {
      nist80053r5: ["CA-9(1)", "CM-3(6)", "SC-7(10)", "SC-13", "SC-28", "SC-28(1)", "SI-7(6)"],
      fsbp: ["SQS.1"],
    });
    assert.deepEqual(data.controls["S3.24"]?.requirements, { pci: ["1.4.4"], fsbp: ["S3.24"] });
  });

  it("have a page of AWS", () => {
    assert.equal(
      controlPage("DataFirehose.1"),
      "https://docs.aws.amazon.com/securityhub/latest/userguide/datafirehose-controls.html#datafirehose-1",
    );
  });

  it("are in the package of the command", () => {
    const manifest = JSON.parse(readFileSync("cli/package.json", "utf8")) as { files: string[] };
    assert.ok(manifest.files.includes("compliance/securityHub.json"));
  });
});

describe("the settings that a control needs", () => {
  const retention = { rule: "keep", setting: "days.min", atLeast: 365 };
  const algorithms = { rule: "encrypt", setting: "algorithms", without: "AES256" };

  it("are met by a number that is large enough, and by a list without a string", () => {
    assert.equal(unmetCondition(retention, { days: { min: 365 } }), undefined);
    assert.equal(unmetCondition(algorithms, { algorithms: ["aws:kms"] }), undefined);
  });

  it("are not met by looser values, nor by absent ones", () => {
    assert.equal(
      unmetCondition(retention, { days: { min: 364 } }),
      "days.min of keep is 364: the control needs 365 or more",
    );
    assert.equal(
      unmetCondition(retention, {}),
      "days.min of keep is unknown: the control needs 365 or more",
    );
    assert.equal(
      unmetCondition(algorithms, { algorithms: ["AES256"] }),
      'algorithms of encrypt is ["AES256"]: the control does not allow AES256',
    );
    assert.match(unmetCondition(algorithms, {}) ?? "", /unknown/);
  });
});
