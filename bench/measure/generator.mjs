// Gives orders to the load generator's process.
import { fork } from "node:child_process";
import path from "node:path";

/** A generator takes one order at a time. */
export function openGenerator() {
  const child = fork(path.join(import.meta.dirname, "load.mjs"));
  return {
    order: (order) =>
      new Promise((resolve, reject) => {
        child.once("message", (answer) =>
          answer.failure ? reject(new Error(answer.failure)) : resolve(answer),
        );
        child.send(order);
      }),
    close: () => child.kill(),
  };
}
