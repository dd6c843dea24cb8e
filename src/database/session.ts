// What every session of the hub asks of the server, whichever library opens it.
import type { PoolConfig } from "pg";

export interface SessionLimits {
  /** Shown in pg_stat_activity. */
  name: string;
  connections: number;
  /** Milliseconds the server gives a statement. */
  statement: number;
  /** Milliseconds the hub waits for an answer, should the server have vanished; 0 for streams. */
  answer: number;
}

export function sessionConfig(url: string, limits: SessionLimits): PoolConfig {
  return {
    connectionString: url,
    application_name: `community-hub ${limits.name}`,
    max: limits.connections,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    statement_timeout: limits.statement,
    query_timeout: limits.answer || undefined,
    idle_in_transaction_session_timeout: 60_000,
    // Times leave as +08:00; just-in-time compilation costs more than short statements win.
    options: Object.entries({
      timezone: "Asia/Shanghai",
      datestyle: "ISO",
      jit: "off",
      tcp_keepalives_idle: "30",
      tcp_keepalives_interval: "10",
      tcp_keepalives_count: "3",
    })
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" "),
  };
}
