/** The tokens of an expression, read one after the other. */
export class Tokens {
  readonly #tokens: readonly string[];
  #next = 0;

  /** @param form matches a token; any other character is a token as well */
  constructor(expression: string, form: RegExp) {
    const pattern = new RegExp(`${form.source}|\\S`, "gu");
    this.#tokens = expression.match(pattern) ?? [];
  }

  /** The next token, undefined at the end. */
  get next(): string | undefined {
    return this.#tokens[this.#next];
  }

  /** @throws at the end */
  take(): string {
    const token = this.next;
    if (token === undefined) throw new Error("unexpected end");
    this.#next += 1;
    return token;
  }

  /** Takes the next token if it is this one. */
  takeIf(token: string): boolean {
    const is = this.next === token;
    if (is) this.#next += 1;
    return is;
  }

  /**
   * Takes the next token.
   *
   * @throws if it is not this one
   */
  expect(token: string): void {
    const found = this.take();
    if (found !== token) throw new Error(`expected ${token} but found ${found}`);
  }

  /** @throws if there are more tokens */
  expectEnd(): void {
    if (this.next !== undefined) throw new Error(`unexpected ${this.next} after the end`);
  }
}
