/** Starts the hub on a database: puts the rooms together, and takes them apart in the order that loses nothing. */
import path from "node:path";
import type { Pool } from "pg";
import type { Logger } from "pino";
import type { DataSource } from "typeorm";
import {
  type Chain,
  createAccessLog,
  createChain,
  createRecorder,
  fileOf,
  lastUses,
  urlOf,
  usedSince,
} from "./audit";
import type { Config } from "./config";
import { type Database, openDatabase } from "./database/connect";
import { runMigrations } from "./database/source";
import { catalogue, datasets } from "./datasets";
import { type Cipher, createCipher } from "./declare/cipher";
import { masterKeyOf } from "./declare/master-key";
import { createFeed, createSigner, createStamps, createWatch, createWebhooks, keepJournal } from "./exchange";
import {
  createAppKeys,
  createIdentify,
  createRightsStore,
  createTokenVerifier,
  demoIdentities,
  openDemoIssuer,
} from "./identity";
import { departmentName, divisionNames, Reader, SystemRows } from "./read";
import {
  createDecisions,
  createLogger,
  createMetrics,
  type HubServer,
  hubSchema,
  type Metrics,
  openServer,
  watchChain,
} from "./server";
import {
  type CatalogueUpdates,
  createCatalogueUpdates,
  createCorrections,
  createErasures,
  createGrants,
  createOperations,
  createRequests,
  createRetention,
  createRightsDesk,
  createSettle,
  createSupervision,
  eraserOf,
  type Now,
} from "./sharing";
import { createLookUps, createWriter } from "./write";
import { createImports } from "./write/import";

export interface StartOptions {
  readonly databaseUrl: string;
  /** Puts into the migrated database what must be there before anybody can ask. */
  readonly seed?: (pool: Pool) => Promise<void>;
  readonly logger?: Logger;
  /** Time by which requests run; tests steer it. */
  readonly now?: Now;
}

export interface Hub {
  readonly url: string;
  /** Finishes what runs, writes what is to be recorded, closes the database's pools. */
  close(): Promise<void>;
  /** Ends at once what still runs; `close` goes on from there. */
  hurry(): void;
}

/** Milliseconds that running requests get when the hub leaves. */
const PATIENCE = 15_000;
const NAMES_MILLISECONDS = 10 * 60 * 1000;
const LAPSE_MILLISECONDS = 10 * 60 * 1000;
const NOTICE_MILLISECONDS = 10 * 60 * 1000;
const RETENTION_MILLISECONDS = 10 * 60 * 1000;

export async function start(config: Config, options: StartOptions): Promise<Hub> {
  const logger = options.logger ?? createLogger(config.logLevel);
  await runMigrations(options.databaseUrl);
  const database = await openDatabase(options.databaseUrl, {
    entities: datasets,
    statementTimeout: config.limits.statementTimeout,
    exportTimeout: config.limits.exportTimeout,
    onError: (error) => logger.warn({ fault: error.name }, "a database connection dropped"),
  });
  try {
    await options.seed?.(database.writes);
    return await open(config, database, logger, options.now ?? (() => new Date()));
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function open(config: Config, database: Database, logger: Logger, now: Now): Promise<Hub> {
  const { reads, writes, exports: streams, source } = database;
  const metrics = createMetrics({ reads, writes, exports: streams });
  const rights = createRightsStore(reads);
  const names = { byCode: new Map<string, string>() };
  const cipher = createCipher(masterKeyOf(config));
  const reader = openReader(config, reads, cipher, (code) => names.byCode.get(code), logger);
  const registers = new SystemRows(catalogue, reads, "registers of the city");
  const lookUpNames = async () => {
    names.byCode = await divisionNames(registers);
    reader.forget(); // plans hold the former ones
  };
  await lookUpNames();
  // Names change about once a year; a look that fails leaves the former ones.
  const looking = setInterval(() => void lookUpNames().catch(() => undefined), NAMES_MILLISECONDS);
  looking.unref();
  const demo = config.demo ? openDemoIssuer(config.dataDir) : undefined;
  const recorder = await createRecorder(writes, {
    onError: (error, lost) => {
      metrics.lostRecords.inc(lost);
      logger.error({ fault: error.name, lost }, "access records could not be written");
    },
  });
  const chain = openChain(config, writes, { metrics, logger, now });
  const folder = path.join(config.dataDir, "imports");
  const settle = createSettle({ cipher, now });
  const eraser = eraserOf({ catalogue, cipher, now });
  const imports = createImports({ catalogue, cipher, pool: writes, rights, settle, folder });
  const requests = createRequests({ catalogue, pool: writes, rights, now, hash: cipher.hash });
  const operations = createOperations({ pool: writes, rights, now });
  // Its doors do so too before they show anything; what nobody looks at lapses as well.
  const notLapsed = (error: Error) =>
    logger.warn({ fault: error.name }, "requests whose time is over could not be ended");
  const lapsing = setInterval(() => void requests.lapse().catch(notLapsed), LAPSE_MILLISECONDS);
  lapsing.unref();
  const corrections = createCorrections({ catalogue, cipher, pool: writes, rights, now });
  const catalogueUpdates = createCatalogueUpdates({ catalogue, pool: writes, rights, now });
  const noticing = await noticeChanges(catalogueUpdates, logger);
  const keeping = await keepJournal(writes, config.changesDays, (error) =>
    logger.warn({ fault: error.name }, "old entries of the journal of changes could not be given up"),
  );
  const writer = createWriter({
    catalogue,
    source,
    cipher,
    rights,
    settle,
    lookUps: createLookUps({ catalogue, reader, rights }),
  });
  const knowsDepartment = async (code: string) => (await departmentName(registers, code)) !== undefined;
  const changes = createFeed({ catalogue, pool: reads, writes, reader, cipher });
  const noJournal = (error: Error) =>
    logger.warn({ fault: error.name }, "the journal of changes cannot be read");
  const webhooks = createWebhooks({
    ...{ pool: writes, cipher, feed: changes, recorder, knowsDepartment, now },
    watch: createWatch(reads, noJournal),
    decisionsOf: createDecisions(catalogue, rights),
    appsRegisteredOnly: config.appsRegisteredOnly,
    allowed: { hosts: config.webhookHosts, loopback: config.demo },
    onError: (error) => logger.warn({ fault: error.name }, "a webhook could not be told"),
  });
  const retention = createRetention({
    ...{ catalogue, cipher, pool: writes, rights, now, eraser, heads: config.audit.heads },
  });
  const retaining = setInterval(() => {
    if (!config.retentionDaily) return;
    retention.runIfDue().catch((error: Error) => {
      logger.error({ fault: error.name }, "what is due could not be deleted or frozen; it is tried again");
    });
  }, RETENTION_MILLISECONDS).unref();
  const server = await openServer({
    schema: reader.schema,
    catalogue,
    reader,
    identify: createIdentify({
      verify: createTokenVerifier({ oidc: config.oidc, demo }),
      appKeys: createAppKeys(writes),
      rights,
      knowsDepartment,
      appsRegisteredOnly: config.appsRegisteredOnly,
    }),
    rights,
    recorder,
    files: { reader, streams },
    accessLog: createAccessLog(reads, rights, chain),
    sharing: {
      reader,
      rights,
      requests,
      corrections,
      operations,
      grants: createGrants({ catalogue, pool: writes, rights, now, lastUses: (ids) => lastUses(reads, ids) }),
      catalogueUpdates,
      supervision: createSupervision({
        catalogue,
        pool: reads,
        now,
        usedSince: (since) => usedSince(reads, since),
      }),
      retention,
      rightsDesk: createRightsDesk({ catalogue, cipher, pool: writes, rights, writer, eraser, now }),
      erasures: createErasures({ catalogue, cipher, pool: writes, rights, eraser, now }),
    },
    writer,
    imports,
    watch: createWatch(reads, noJournal),
    changes,
    webhooks,
    stamps: createStamps({ catalogue, pool: writes, rights, signer: createSigner(masterKeyOf(config)), now }),
    metrics,
    logger,
    limits: config.limits,
    host: config.host,
    port: config.port,
    lookIfReady: () => lookIfReady(source),
    lookAtLinked: () => reader.sources.states(catalogue.linked),
    demo: demo && (() => demoIdentities(demo, rights)),
  });
  return closing(server, async () => {
    clearInterval(looking);
    clearInterval(lapsing);
    clearInterval(noticing);
    clearInterval(retaining);
    await retention.close();
    await webhooks.close();
    await imports.close();
    keeping.close();
    await operations.close().catch(() => undefined);
    await recorder.close();
    await chain.close();
    await database.close();
  });
}

function openChain(
  { audit }: Config,
  pool: Pool,
  { metrics, logger, now }: { metrics: Metrics; logger: Logger; now: Now },
): Chain {
  const told = new Map<string, number>();
  const chain = createChain({
    pool,
    now,
    places: [fileOf(audit.heads), ...(audit.url ? [urlOf(audit.url)] : [])],
    onSealed: (records) => metrics.sealedRecords.inc(records),
    onError: (error, doing) => {
      metrics.chainFaults.inc({ doing });
      // It is tried every two seconds: a line a minute says as much.
      if (Date.now() - (told.get(doing) ?? 0) < 60_000) return;
      told.set(doing, Date.now());
      logger.error({ fault: error.name, doing, message: error.message }, "the access log's chain is behind");
    },
  });
  watchChain(metrics, () => chain.view(), now);
  return chain;
}

/** Stewards move while a hub runs, declarations do not. A hub that cannot compare them still answers. */
async function noticeChanges(updates: CatalogueUpdates, logger: Logger): Promise<NodeJS.Timeout> {
  const notice = async () => {
    await updates.notice().catch((error: Error) => {
      logger.error({ fault: error.name }, "declarations could not be compared with the published catalogue");
    });
  };
  await notice();
  return setInterval(() => void notice(), NOTICE_MILLISECONDS).unref();
}

function openReader(
  config: Config,
  pool: Pool,
  cipher: Cipher,
  nameOf: (code: string) => string | undefined,
  logger: Logger,
): Reader {
  const limits = { cost: config.limits.cost, defaultFirst: 20, maxFirst: 1_000 };
  const onAway = (source: string, code?: string) => logger.warn({ source, code }, "a linked source is away");
  return new Reader({ catalogue, pool, cipher, limits, nameOf, onAway }, hubSchema());
}

/** The tables must be those this program knows: a hub of an older build does not answer from newer ones' ground. */
async function lookIfReady(source: DataSource): Promise<void> {
  const rows: { name: string }[] = await source.query("SELECT name FROM migration");
  const done = new Set(rows.map(({ name }) => name));
  const missing = source.migrations.filter((m) => !done.has(m.name ?? m.constructor.name));
  if (missing.length > 0) throw new Error("migrations are missing");
}

function closing(server: HubServer, rest: () => Promise<void>): Hub {
  let ended: Promise<void> | undefined;
  return {
    url: server.url,
    close() {
      ended ??= server.close(PATIENCE).then(rest);
      return ended;
    },
    hurry: server.hurry,
  };
}
