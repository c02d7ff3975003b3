import { Tokens } from "./tokens";

/** An expression of CloudWatch's metric math, limited to what is evaluated here. */
export type MathExpression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "id"; readonly id: string }
  | { readonly kind: "negative"; readonly of: MathExpression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: MathExpression;
      readonly right: MathExpression;
    }
  | { readonly kind: "fill"; readonly of: MathExpression; readonly filler: number | "REPEAT" }
  | {
      readonly kind: "aggregate";
      readonly by: Aggregate;
      readonly of: readonly MathExpression[];
    }
  | {
      readonly kind: "if";
      readonly condition: MathExpression;
      readonly then: MathExpression;
      readonly otherwise: MathExpression | undefined;
    };

export type BinaryOperator = (typeof precedence)[number][number];
export type Aggregate = "MAX" | "MIN" | "SUM";

/** Operators by precedence, lowest first. */
const precedence = [
  ["==", "!=", "<=", ">=", "<", ">"],
  ["+", "-"],
  ["*", "/"],
] as const;

const token = /[A-Za-z_]\w*|\d+(?:\.\d+)?|\.\d+|[=!<>]=/;

/**
 * Parses ids, numbers, arithmetic, comparisons, parentheses, `FILL(m, number | REPEAT)`,
 * `IF(condition, m, m)` and `SUM|MAX|MIN([m, m])` of several metrics. Of a single metric, SUM, MAX
 * and MIN yield one number for all periods that CloudWatch happens to look at, and are not supported.
 *
 * Source: Amazon CloudWatch User Guide, "Using metric math".
 *
 * @throws if the expression contains anything else
 */
export function parseMathExpression(text: string): MathExpression {
  const tokens = new Tokens(text, token);
  const expression = binary(tokens, 0);
  tokens.expectEnd();
  return expression;
}

/** All ids that an expression refers to. */
export function idsIn(expression: MathExpression): readonly string[] {
  switch (expression.kind) {
    case "number":
      return [];
    case "id":
      return [expression.id];
    case "negative":
    case "fill":
      return idsIn(expression.of);
    case "binary":
      return [expression.left, expression.right].flatMap(idsIn);
    case "aggregate":
      return expression.of.flatMap(idsIn);
    case "if": {
      const { condition, then, otherwise } = expression;
      return [condition, then, ...(otherwise === undefined ? [] : [otherwise])].flatMap(idsIn);
    }
  }
}

function binary(tokens: Tokens, level: number): MathExpression {
  const operators = precedence[level];
  if (operators === undefined) return operand(tokens);
  let left = binary(tokens, level + 1);
  for (;;) {
    const operator = operators.find((one) => tokens.takeIf(one));
    if (operator === undefined) return left;
    left = { kind: "binary", operator, left, right: binary(tokens, level + 1) };
  }
}

function operand(tokens: Tokens): MathExpression {
  if (tokens.takeIf("-")) return { kind: "negative", of: operand(tokens) };
  if (tokens.takeIf("(")) {
    const expression = binary(tokens, 0);
    tokens.expect(")");
    return expression;
  }
  const word = tokens.take();
  if (/^[\d.]/.test(word)) return { kind: "number", value: Number(word) };
  if (/^[a-z]/.test(word)) return { kind: "id", id: word };
  tokens.expect("(");
  const call = calls[word]?.(tokens);
  if (call === undefined) throw new Error(`${word} is not evaluated here`);
  tokens.expect(")");
  return call;
}

const calls: Readonly<Record<string, (tokens: Tokens) => MathExpression>> = {
  FILL: (tokens) => {
    const of = binary(tokens, 0);
    tokens.expect(",");
    if (tokens.takeIf("REPEAT")) return { kind: "fill", of, filler: "REPEAT" };
    const sign = tokens.takeIf("-") ? -1 : 1;
    const filler = sign * Number(tokens.take());
    if (Number.isNaN(filler)) throw new Error("FILL supports only a number or REPEAT");
    return { kind: "fill", of, filler };
  },
  IF: (tokens) => {
    const condition = binary(tokens, 0);
    tokens.expect(",");
    const then = binary(tokens, 0);
    const otherwise = tokens.takeIf(",") ? binary(tokens, 0) : undefined;
    return { kind: "if", condition, then, otherwise };
  },
  MAX: (tokens) => ({ kind: "aggregate", by: "MAX", of: list(tokens) }),
  MIN: (tokens) => ({ kind: "aggregate", by: "MIN", of: list(tokens) }),
  SUM: (tokens) => ({ kind: "aggregate", by: "SUM", of: list(tokens) }),
};

function list(tokens: Tokens): readonly MathExpression[] {
  tokens.expect("[");
  const items = [binary(tokens, 0)];
  while (tokens.takeIf(",")) items.push(binary(tokens, 0));
  tokens.expect("]");
  return items;
}
