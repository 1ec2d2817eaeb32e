import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "msedge"];
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** The path of Chrome or Chromium: `CHROME_PATH`, else what is installed under a usual name; undefined when there is none. */
export function findChrome() {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const candidates = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...places];
  return candidates.find((path) => existsSync(path));
}

/** Finds a browser for the tests, or installs Debian's where that can be done; else says what to install and ends. */
export function setupChrome() {
  if (findChrome()) return;
  if (process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    console.error("Installing Debian's chromium for the browser tests (once) …");
    const apt = (...args) =>
      spawnSync("apt-get", args, {
        stdio: ["ignore", "ignore", "inherit"],
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      });
    apt("update", "-q");
    apt("install", "-y", "-q", "--no-install-recommends", "chromium");
    if (findChrome()) return;
  }
  console.error("The browser tests need Chrome or Chromium: install one, or name it with CHROME_PATH.");
  process.exit(2);
}
