// Stands for a hub in the launcher's tests: starts the database in argv[2], says so, and stays until killed.
import { startEmbedded } from "../../src/database/embedded";

startEmbedded({ dataDir: process.argv[2]!, fsync: false }).then(({ url, adopted }) => {
  console.log(JSON.stringify({ url, adopted }));
  setInterval(() => {}, 60_000);
});
