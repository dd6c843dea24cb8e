// Finds and starts the Chromium that the browser test drives.
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const USUAL_PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Nothing here may call home: the test counts every request that leaves the hub. */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function chromiumPath(): string | undefined {
  const { CHROMIUM } = process.env;
  return CHROMIUM ? CHROMIUM : USUAL_PLACES.find((place) => existsSync(place));
}

/** In CI a missing browser is a failure, on a desk a loud skip. */
export function mayBeSkipped(): boolean {
  return chromiumPath() === undefined && ["", "0", "false"].includes(process.env.CI ?? "");
}

export function startChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) {
    throw new Error("No Chromium found. Install one (apt-get install chromium) or set CHROMIUM to its path.");
  }
  return chromium.launch({ executablePath, args: QUIET });
}
