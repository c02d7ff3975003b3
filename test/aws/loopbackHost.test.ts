import assert from "node:assert/strict";
import { isLoopbackHost } from "../../aws/loopbackServer";

describe("isLoopbackHost", () => {
  it("accepts only loopback names, with any port", () => {
    for (const host of ["127.0.0.1", "127.0.0.1:8080", "localhost:1", "LocalHost", "[::1]:8080"])
      assert.equal(isLoopbackHost(host), true, host);
    for (const host of [
      ...[undefined, "", ":80", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example"],
      ...[
        "evil.example:127",
        "localhost:80:80",
        "10.0.0.1",
        "0.0.0.0",
        "::1",
        "localhost@evil.example",
      ],
    ])
      assert.equal(isLoopbackHost(host), false, host);
  });
});
