// Jest calls this once after all test files.
import type { TestServer } from "./server";

export default async function stop(): Promise<void> {
  await (globalThis as { testServer?: TestServer }).testServer?.stop();
}
