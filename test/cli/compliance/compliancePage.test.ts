import { compliancePage } from "../../../cli/compliance/compliancePage";
import { assertAccessible } from "../../support/accessibility";
import { describeInBrowser } from "../../support/browser";
import { reportOf } from "./complianceStack";

describeInBrowser("the page of a compliance report, in a browser", (browser) => {
  it("is accessible, on a phone and on a desktop, in light and in dark mode", async () => {
    const page = await browser().newPage();
    await page.setContent(compliancePage(reportOf()));
    await assertAccessible(page);
    await page.close();
  });
});
