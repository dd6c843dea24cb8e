// A day's run that dies by the kill signal in the middle of its second batch; DATABASE_URL says where.
import { Pool } from "pg";
import { createRetention } from "../../src/sharing/retention";
import { noon, partsOn } from "./flow";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 4 });
const parts = partsOn(pool, () => noon(process.argv[2] as string), { batch: 3 });
let taken = 0;
const eraser: typeof parts.eraser = {
  ...parts.eraser,
  erase(query, order) {
    if (++taken === 5) process.kill(process.pid, "SIGKILL");
    return parts.eraser.erase(query, order);
  },
};
void createRetention({ ...parts, eraser }).runIfDue();
