/** The rights store's rows as TypeORM writes them; reading them for decisions is the store's work. */
import { Column, CreateDateColumn, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";
import type { Level } from "../declare";
import type { Duty } from "./identity";
import type { Standing } from "./rights";

const code = { type: "text", collation: "C" } as const;
const maybeCode = { ...code, nullable: true } as const;
const codes = { type: "text", array: true } as const;

/** Rows that hold from an instant until another, not included. */
abstract class DatedRow {
  @PrimaryGeneratedColumn("uuid")
  id: string;

  @Column({ type: "timestamptz", name: "starts_at" })
  startsAt: Date;

  @Column({ type: "timestamptz", name: "ends_at", nullable: true })
  endsAt: Date | null;
}

@Entity("stewardship")
export class StewardshipRow extends DatedRow {
  @Column(code)
  dataset: string;

  @Column(maybeCode)
  field: string | null;

  @Column(code)
  kind: string;
}

@Entity("standing_right")
export class StandingRow extends DatedRow {
  @Column(code)
  kind: string;

  @Column({ ...codes, name: "except_kinds", default: () => "'{}'" })
  except: string[];

  @Column(code)
  over: Standing["over"];

  @Column(code)
  level: Level;

  @Column(code)
  scope: Standing["scope"];
}

@Entity("access_grant")
@Index("access_grant_department", ["department", "dataset"])
export class GrantRow extends DatedRow {
  @Column(code)
  department: string;

  @Column(code)
  dataset: string;

  @Column({ ...codes, default: () => "'{}'" })
  fields: string[];

  @Column(code)
  level: Level;

  @Column(code)
  territory: string;

  @Column(code)
  purpose: string;

  @Column({ type: "text", name: "legal_basis" })
  legalBasis: string;

  /** Department that granted it: the provider, never a person's name. */
  @Column({ ...code, name: "granted_by" })
  grantedBy: string;

  @Column({ type: "uuid", nullable: true })
  request: string | null;

  /** Moved by acts alone; only what is ACTIVE opens anything. */
  @Column({ ...code, default: "ACTIVE" })
  state: string;

  /** Number of the last act. */
  @Column({ type: "integer", default: 0 })
  seq: number;

  @CreateDateColumn({ type: "timestamptz", name: "recorded_at" })
  recordedAt: Date;
}

@Entity("purpose")
export class PurposeRow {
  @PrimaryColumn(code)
  code: string;

  @Column({ type: "text" })
  zh: string;

  @Column({ type: "text" })
  en: string;

  @Column({ type: "text", name: "legal_basis" })
  legalBasis: string;
}

@Entity("app_key")
export class AppKeyRow {
  @PrimaryColumn(code)
  id: string;

  @Column({ type: "bytea", name: "secret_hash", select: false })
  secretHash: Buffer;

  @Column(code)
  app: string;

  @Column(code)
  department: string;

  @Column(codes)
  duties: Duty[];

  @Column(maybeCode)
  purpose: string | null;

  @Column({ ...code, name: "issued_by" })
  issuedBy: string;

  @CreateDateColumn({ type: "timestamptz", name: "issued_at" })
  issuedAt: Date;

  @Column({ type: "timestamptz", name: "expires_at" })
  expiresAt: Date;

  @Column({ type: "timestamptz", name: "revoked_at", nullable: true })
  revokedAt: Date | null;

  @Column(maybeCode)
  replaces: string | null;

  @Column({ type: "boolean", name: "registered_only", default: false })
  registeredOnly: boolean;
}

/** To be named where a data source is opened. */
export const IDENTITY_ENTITIES: Function[] = [StewardshipRow, StandingRow, GrantRow, PurposeRow, AppKeyRow];
