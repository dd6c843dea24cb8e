/** Every error a client can see: a closed list, grouped by the stage that raises it, each with a hint. */
import { GraphQLError } from "graphql";

/** Code → HTTP status when nothing else was answered, and what to do next. */
export const ERRORS = {
  // who asks
  UNAUTHENTICATED: {
    status: 401,
    hint: "请携带有效令牌：Authorization: Bearer <token>。Send a valid token.",
  },
  FORBIDDEN: {
    status: 403,
    hint: "此操作需要另一职责或属地。This needs another duty or territory; see me { duties }.",
  },
  RATE_LIMITED: {
    status: 429,
    hint: "请求过于频繁，请按 retryAfter 秒后重试。Wait retryAfter seconds, then repeat.",
  },
  // what is asked
  BAD_USER_INPUT: { status: 200, hint: "请按提示修改参数。Correct the named argument." },
  TOO_COSTLY: {
    status: 200,
    hint: "请减少每页条数、嵌套层数或文档长度，或改用文件导出。Ask for fewer rows or levels, or export a file.",
  },
  FIELD_WITHHELD: {
    status: 200,
    hint: "本部门无权按此字段筛选、排序或分组，可申请共享。You may not filter, order or group by this field; request access to it.",
  },
  NOT_FOUND: { status: 200, hint: "没有这样的记录，或不在可见范围。No such row within your reach." },
  // what is written
  VERSION_CONFLICT: {
    status: 200,
    hint: "记录已被他人修改，请重新读取后再改。The row has changed since; read it again.",
  },
  DUPLICATE_KEY: { status: 200, hint: "业务主键已被占用。The business key is taken." },
  INVALID_ROW: { status: 200, hint: "请按 problems 逐项改正。Correct each of problems." },
  DEADLINE_PASSED: { status: 200, hint: "法定期限已过。The deadline has passed." },
  // what the hub cannot do now
  UNAVAILABLE: { status: 503, hint: "请稍后重试。Try again shortly." },
  TIMEOUT: {
    status: 200,
    hint: "查询超时，请缩小范围或改用文件导出。The statement took too long: narrow it, or export a file.",
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    hint: "请把 requestId 告诉平台管理员。Tell the operators the requestId.",
  },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** An error a client may see: message, code, hint, and in extensions what a program needs. Never SQL, never a row's value. */
export class HubError extends GraphQLError {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, facts: Readonly<Record<string, unknown>> = {}) {
    super(message, { extensions: { ...facts, code, hint: ERRORS[code].hint } });
    this.code = code;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}
