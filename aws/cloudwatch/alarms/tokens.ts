/** The words, numbers, texts and signs of an expression, read one after the other. */
export class Tokens {
  readonly #tokens: readonly string[];
  #next = 0;

  /** @param form Of one token; what does not have it is a token of one character. */
  constructor(text: string, form: RegExp) {
    const pattern = new RegExp(`${form.source}|\\S`, "gu");
    this.#tokens = text.match(pattern) ?? [];
  }

  /** The next token, undefined at the end. */
  get next(): string | undefined {
    return this.#tokens[this.#next];
  }

  /** @throws at the end */
  take(): string {
    const token = this.next;
    if (token === undefined) throw new Error("it ends too early");
    this.#next += 1;
    return token;
  }

  /** Takes the next token if it is the one given. */
  takeIf(token: string): boolean {
    const is = this.next === token;
    if (is) this.#next += 1;
    return is;
  }

  /** @throws if the next token is another */
  expect(token: string): void {
    const found = this.take();
    if (found !== token) throw new Error(`${found} stands where ${token} should`);
  }

  /** @throws if there is more */
  expectEnd(): void {
    if (this.next !== undefined) throw new Error(`${this.next} stands behind its end`);
  }
}
