// Loaded before the hub by the bench alone: every decision opens every field everywhere, and the same planner goes on.
const path = require("node:path");

const access = path.resolve(__dirname, "../../../../dist/src/access/decide.js");
const decisions = require(access);

decisions.decide = (_identity, dataset, rights) => decisions.systemDecision(dataset, "bench", rights.epoch);
