// Watches how much memory a process holds while something runs.
import { memoryOf } from "./cpu.mjs";

export async function watched(pid, work) {
  let most = memoryOf(pid);
  const looking = setInterval(() => {
    most = Math.max(most, memoryOf(pid));
  }, 100);
  try {
    return { ...(await work()), peak: Math.max(most, memoryOf(pid)) };
  } finally {
    clearInterval(looking);
  }
}
