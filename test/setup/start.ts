// Jest calls this once before all test files.
import { Client } from "pg";
import { startTestServer, type TestServer } from "./server";
import { prepareTemplate } from "./template";

export const TEMPLATE = "hub_template";

export default async function start(): Promise<void> {
  const server = await startTestServer();
  (globalThis as { testServer?: TestServer }).testServer = server;
  try {
    const admin = new Client({ connectionString: server.url });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${TEMPLATE}`);
    await admin.end();
    const template = new URL(server.url);
    template.pathname = `/${TEMPLATE}`;
    await prepareTemplate(template.href);
  } catch (error) {
    await server.stop();
    throw error;
  }
  // Workers are started later and inherit it.
  process.env.HUB_TEST_SERVER = server.url;
}
