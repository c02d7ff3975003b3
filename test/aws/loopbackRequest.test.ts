import assert from "node:assert/strict";
import { foreignRequest, isLoopbackHost } from "../../aws/loopbackRequest";

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

describe("foreignRequest", () => {
  const host = "127.0.0.1:8080";

  it("accepts clients without a browser, and pages of the same origin", () => {
    for (const headers of [
      { host },
      { host: "localhost:8080" },
      { host, origin: `http://${host}`, "sec-fetch-site": "same-origin" },
      { host, "sec-fetch-site": "none" },
    ])
      assert.equal(foreignRequest(headers), undefined, JSON.stringify(headers));
  });

  it("rejects foreign hosts, foreign origins and other sites", () => {
    for (const headers of [
      {},
      { host: "evil.example" },
      { host: "127.0.0.1.evil.example:8080" },
      { host, origin: "http://evil.example" },
      { host, origin: "null" },
      { host, origin: "http://127.0.0.1:9090" },
      { host, origin: `https://${host}` },
      { host, "sec-fetch-site": "cross-site" },
      { host, "sec-fetch-site": "same-site" },
    ])
      assert.equal(typeof foreignRequest(headers), "string", JSON.stringify(headers));
  });
});
