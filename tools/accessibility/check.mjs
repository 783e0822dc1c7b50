// Opens pages in Chromium and lets axe look for what would stop somebody from reading them.
//
//     node tools/accessibility/check.mjs PAGE.html…
//
// Each page is looked at by day and by night, on a phone (320 pixels) and on a desk (1280); nothing
// may stick out of the screen sideways, and nothing may be asked of the network. Exit status: 0 when
// all is well, 1 with a line for each fault. CHROMIUM names the browser, /usr/bin/chromium if unset.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";

const pages = process.argv.slice(2);
if (pages.length === 0) {
  console.error("no page is named");
  process.exit(2);
}
const faults = [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
for (const colorScheme of ["light", "dark"]) {
  for (const width of [320, 1280]) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
    const tab = await context.newPage();
    const asked = [];
    tab.on("request", (request) => asked.push(request.url()));
    for (const page of pages) {
      const where = `${page}, ${colorScheme}, ${width} pixels`;
      const address = pathToFileURL(resolve(page)).href;
      asked.length = 0;
      await tab.goto(address);
      const { violations, incomplete } = await new AxeBuilder({ page: tab })
        .options({ resultTypes: ["violations", "incomplete"] })
        .analyze();
      for (const { id, nodes } of [...violations, ...incomplete]) {
        faults.push(`${where}: ${id}: ${nodes.length} times, first in ${nodes[0].html}`);
      }
      const beyond = await tab.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (beyond > 0) faults.push(`${where}: ${beyond} pixels stick out`);
      for (const url of asked.filter((url) => url !== address)) {
        faults.push(`${where}: asks for ${url}`);
      }
    }
    await context.close();
  }
}
await browser.close();
for (const fault of faults) console.log(fault);
console.log(`axe: ${pages.length} pages looked at 4 ways, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
