/** What the hub uses of the two libraries behind its sockets, and no more of them. */
declare module "ws" {
  import type { EventEmitter } from "node:events";
  import type { IncomingMessage } from "node:http";
  import type { Duplex } from "node:stream";

  export default class WebSocket extends EventEmitter {
    constructor(url: string, protocol?: string);
    readonly CLOSING: number;
    readonly readyState: number;
    /** Bytes that were sent and not taken. */
    readonly bufferedAmount: number;
    send(text: string): void;
    close(code?: number, reason?: string): void;
    /** At once, without a word. */
    terminate(): void;
  }

  export class WebSocketServer extends EventEmitter {
    constructor(options: {
      readonly noServer: true;
      readonly maxPayload: number;
      readonly perMessageDeflate: false;
    });
    readonly clients: ReadonlySet<WebSocket>;
    handleUpgrade(
      request: IncomingMessage,
      socket: Duplex,
      head: Buffer,
      opened: (socket: WebSocket) => void,
    ): void;
  }
}

declare module "graphql-ws/use/ws" {
  import type { IncomingMessage } from "node:http";
  import type { ExecutionArgs, ExecutionResult, GraphQLError, GraphQLFormattedError } from "graphql";
  import type WebSocket from "ws";
  import type { WebSocketServer } from "ws";

  export interface Opened {
    readonly extra: { readonly socket: WebSocket; readonly request: IncomingMessage };
    readonly connectionParams?: Readonly<Record<string, unknown>>;
  }

  export interface ServerOptions {
    readonly isProd: boolean;
    onConnect(opened: Opened): Promise<boolean>;
    onSubscribe(opened: Opened, id: string, asked: unknown): Promise<ExecutionArgs | readonly GraphQLError[]>;
    onNext(
      opened: Opened,
      id: string,
      asked: unknown,
      args: unknown,
      result: ExecutionResult,
    ): { readonly data?: unknown; readonly errors?: readonly GraphQLFormattedError[] };
    onError(
      opened: Opened,
      id: string,
      asked: unknown,
      errors: readonly GraphQLError[],
    ): readonly GraphQLFormattedError[];
  }

  export function useServer(options: ServerOptions, server: WebSocketServer): { dispose(): Promise<void> };
}
