/** What the server takes from webhooks. */
export { WebhookResolver, type WebhooksContext } from "./doors";
export type { WebhookParts } from "./parts";
export { createWebhooks, type Webhooks } from "./webhooks";
