// What /metrics tells: amounts and times, never names of people, departments or operations.
import type { RequestHandler } from "express";
import type { Pool } from "pg";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { ChainView } from "../audit";

export interface Metrics {
  readonly registry: Registry;
  readonly requests: Counter<"door" | "status">;
  readonly seconds: Histogram<"door">;
  readonly refusals: Counter<"code">;
  readonly rows: Counter;
  readonly straight: Counter;
  readonly lostRecords: Counter;
  readonly sealedRecords: Counter;
  readonly chainFaults: Counter<"doing">;
}

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics(pools: Readonly<Record<string, Pool>> = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry }); // the event loop's lag is among them
  const counter = <T extends string = never>(name: string, help: string, labelNames: T[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const statements = counter(
    "hub_statements_total",
    "Turns on a connection by pool: a transaction, a statement, or several quick ones",
    ["pool"],
  );
  for (const [pool, watched] of Object.entries(pools)) {
    const ofPool = statements.labels({ pool });
    watched.on("acquire", () => ofPool.inc());
  }
  watchPools(registry, pools);
  return {
    registry,
    requests: counter("hub_requests_total", "HTTP requests by door and status", ["door", "status"]),
    seconds: new Histogram({
      name: "hub_request_seconds",
      help: "Seconds from a request's arrival to its answer's end",
      labelNames: ["door"],
      buckets: BUCKETS,
      registers,
    }),
    refusals: counter("hub_refusals_total", "Errors answered, by code", ["code"]),
    rows: counter("hub_rows_total", "Rows answered"),
    straight: counter("hub_straight_total", "Known questions that went straight to the reader"),
    lostRecords: counter("hub_access_records_lost_total", "Access records that could not be written"),
    sealedRecords: counter("hub_access_records_sealed_total", "Access records that came under a seal"),
    chainFaults: counter("hub_audit_faults_total", "Faults while seals are made or told", ["doing"]),
  };
}

function watchPools(registry: Registry, pools: Readonly<Record<string, Pool>>): void {
  new Gauge({
    name: "hub_pool_connections",
    help: "Database connections by pool: total, idle, and requests waiting for one",
    labelNames: ["pool", "state"],
    registers: [registry],
    collect() {
      for (const [pool, { totalCount, idleCount, waitingCount }] of Object.entries(pools)) {
        this.set({ pool, state: "total" }, totalCount);
        this.set({ pool, state: "idle" }, idleCount);
        this.set({ pool, state: "waiting" }, waitingCount);
      }
    },
  });
}

/** How long access records may have come that no published head covers yet. */
export function watchChain({ registry }: Metrics, view: () => ChainView, now: () => Date): void {
  const started = now();
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  const seconds = () => Math.max(0, now().getTime() - (view().coveredAt ?? started).getTime()) / 1_000;
  gauge(
    "hub_audit_uncovered_seconds",
    "Seconds since all access records were under a published head",
    seconds,
  );
  gauge("hub_audit_seal", "Number of the newest seal", () => view().last?.number ?? 0);
  gauge(
    "hub_audit_published_seal",
    "Number of the newest seal whose head is published",
    () => view().published.head?.seal ?? 0,
  );
  gauge("hub_audit_differs", "1 where the database tells another head than was published", () =>
    view().published.differs === undefined ? 0 : 1,
  );
}

export function metricsPage({ registry }: Metrics): RequestHandler {
  return async (_request, response) => {
    const page = await registry.metrics();
    response.setHeader("content-type", registry.contentType);
    response.send(page);
  };
}
