import { createHash, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Store } from '../engine/store.ts';
import { WireError } from '../wire/service.ts';

export interface User {
  sub: string;
  email: string;
  name: string | undefined;
  passwordHash: string;
  confirmed: boolean;
  emailVerified: boolean;
  /** Present once a secret was associated; asked for at sign-in only when `totpEnabled`. */
  totpSecret: string | undefined;
  totpVerified: boolean;
  totpEnabled: boolean;
  totpLastStep: number;
  groups: readonly string[];
}

export type CodePurpose = 'confirm' | 'reset';

const CODE_LIFE_MILLISECONDS: Record<CodePurpose, number> = { confirm: 24 * 3600_000, reset: 3600_000 };
const CODE_ATTEMPTS = 5;
const CODES_PER_HOUR = 5;
const FREE_FAILURES = 5;
const LONGEST_LOCK_MILLISECONDS = 15 * 60_000;

interface UserRow {
  sub: string;
  email: string;
  name: string | null;
  password_hash: string;
  confirmed: number;
  email_verified: number;
  totp_secret: string | null;
  totp_verified: number;
  totp_enabled: number;
  totp_last_step: number;
}

interface CodeRow {
  code_hash: string;
  expires_at: number;
  attempts: number;
}

const toUser = (row: UserRow, groups: readonly string[]): User => ({
  sub: row.sub,
  email: row.email,
  name: row.name ?? undefined,
  passwordHash: row.password_hash,
  confirmed: row.confirmed === 1,
  emailVerified: row.email_verified === 1,
  totpSecret: row.totp_secret ?? undefined,
  totpVerified: row.totp_verified === 1,
  totpEnabled: row.totp_enabled === 1,
  totpLastStep: row.totp_last_step,
  groups,
});

const codeHash = (sub: string, code: string) => createHash('sha256').update(`${sub}:${code}`).digest();
const tooOften = () =>
  new WireError(400, 'LimitExceededException', 'Attempt limit exceeded, please try after some time.');

export interface Users {
  create(input: { email: string; name: string | undefined; passwordHash: string }): User;
  byEmail(email: string): User | undefined;
  bySub(sub: string): User | undefined;
  confirm(sub: string): void;
  setPassword(sub: string, passwordHash: string): void;
  addToGroup(sub: string, group: string): void;
  saveTotp(
    sub: string,
    totp: { secret: string; verified: boolean; enabled: boolean; lastStep: number },
  ): void;
  /** A new six-digit code replacing an older one; LimitExceededException past five an hour. */
  newCode(sub: string, purpose: CodePurpose): string;
  /** Uses a code up; CodeMismatchException, ExpiredCodeException, or LimitExceededException after five wrong ones. */
  useCode(sub: string, purpose: CodePurpose, code: string): void;
  /** Counts an attempt before the password is looked at; throws "Password attempts exceeded" while locked (from 1 s, doubling, to 15 min). */
  countSignInAttempt(email: string): void;
  clearSignInAttempts(email: string): void;
}

/** The people of one pool, in the store. An e-mail address is a user's name, whatever its case. */
export function poolUsers(store: Store, poolId: string, now: () => Date): Users {
  store.exec(`
    CREATE TABLE IF NOT EXISTS cognito_users (sub TEXT PRIMARY KEY, pool_id TEXT NOT NULL, email TEXT NOT NULL, name TEXT, password_hash TEXT NOT NULL,
      confirmed INTEGER NOT NULL DEFAULT 0, email_verified INTEGER NOT NULL DEFAULT 0, totp_secret TEXT, totp_verified INTEGER NOT NULL DEFAULT 0,
      totp_enabled INTEGER NOT NULL DEFAULT 0, totp_last_step INTEGER NOT NULL DEFAULT 0, UNIQUE (pool_id, email));
    CREATE TABLE IF NOT EXISTS cognito_codes (sub TEXT NOT NULL, purpose TEXT NOT NULL, code_hash TEXT NOT NULL, expires_at INTEGER NOT NULL,
      attempts INTEGER NOT NULL, PRIMARY KEY (sub, purpose));
    CREATE TABLE IF NOT EXISTS cognito_codes_sent (sub TEXT NOT NULL, purpose TEXT NOT NULL, sent_at INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS cognito_attempts (pool_id TEXT NOT NULL, email TEXT NOT NULL, failures INTEGER NOT NULL, locked_until INTEGER NOT NULL,
      PRIMARY KEY (pool_id, email));
    CREATE TABLE IF NOT EXISTS cognito_groups (sub TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (sub, name));`);
  const groupsOf = (sub: string): string[] =>
    store
      .prepare('SELECT name FROM cognito_groups WHERE sub = ? ORDER BY name')
      .all(sub)
      .map((row) => String(row['name']));
  const one = (column: 'sub' | 'email', value: string) => {
    const row = store
      .prepare(`SELECT * FROM cognito_users WHERE pool_id = ? AND ${column} = ?`)
      .get(poolId, value) as UserRow | undefined;
    return row && toUser(row, groupsOf(row.sub));
  };
  const bySub = (sub: string) => one('sub', sub);

  return {
    create({ email, name, passwordHash }) {
      const sub = randomUUID();
      const done = store
        .prepare(
          'INSERT INTO cognito_users (sub, pool_id, email, name, password_hash) VALUES (?, ?, ?, ?, ?) ON CONFLICT (pool_id, email) DO NOTHING',
        )
        .run(sub, poolId, email.toLowerCase(), name ?? null, passwordHash);
      if (done.changes === 0)
        throw new WireError(
          400,
          'UsernameExistsException',
          'An account with the given email already exists.',
        );
      return bySub(sub) as User;
    },
    byEmail: (email) => one('email', email.toLowerCase()),
    bySub,
    confirm: (sub) =>
      void store.prepare('UPDATE cognito_users SET confirmed = 1, email_verified = 1 WHERE sub = ?').run(sub),
    addToGroup: (sub, group) =>
      void store.prepare('INSERT OR IGNORE INTO cognito_groups (sub, name) VALUES (?, ?)').run(sub, group),
    setPassword: (sub, hash) =>
      void store.prepare('UPDATE cognito_users SET password_hash = ? WHERE sub = ?').run(hash, sub),
    saveTotp(sub, totp) {
      store
        .prepare(
          'UPDATE cognito_users SET totp_secret = ?, totp_verified = ?, totp_enabled = ?, totp_last_step = ? WHERE sub = ?',
        )
        .run(totp.secret, Number(totp.verified), Number(totp.enabled), totp.lastStep, sub);
    },
    newCode(sub, purpose) {
      const hourAgo = now().getTime() - 3600_000;
      store.prepare('DELETE FROM cognito_codes_sent WHERE sent_at <= ?').run(hourAgo);
      const sent = store
        .prepare('SELECT count(*) AS n FROM cognito_codes_sent WHERE sub = ? AND purpose = ?')
        .get(sub, purpose) as { n: number };
      if (sent.n >= CODES_PER_HOUR) throw tooOften();
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      store
        .prepare('INSERT INTO cognito_codes_sent (sub, purpose, sent_at) VALUES (?, ?, ?)')
        .run(sub, purpose, now().getTime());
      store
        .prepare(
          'INSERT OR REPLACE INTO cognito_codes (sub, purpose, code_hash, expires_at, attempts) VALUES (?, ?, ?, ?, 0)',
        )
        .run(
          sub,
          purpose,
          codeHash(sub, code).toString('hex'),
          now().getTime() + CODE_LIFE_MILLISECONDS[purpose],
        );
      return code;
    },
    useCode(sub, purpose, code) {
      const row = store
        .prepare('SELECT * FROM cognito_codes WHERE sub = ? AND purpose = ?')
        .get(sub, purpose) as CodeRow | undefined;
      if (!row || row.expires_at <= now().getTime()) {
        throw new WireError(
          400,
          'ExpiredCodeException',
          'Invalid code provided, please request a code again.',
        );
      }
      if (row.attempts >= CODE_ATTEMPTS) throw tooOften();
      if (!timingSafeEqual(codeHash(sub, code), Buffer.from(row.code_hash, 'hex'))) {
        store
          .prepare('UPDATE cognito_codes SET attempts = attempts + 1 WHERE sub = ? AND purpose = ?')
          .run(sub, purpose);
        throw new WireError(
          400,
          'CodeMismatchException',
          'Invalid verification code provided, please try again.',
        );
      }
      store.prepare('DELETE FROM cognito_codes WHERE sub = ? AND purpose = ?').run(sub, purpose);
    },
    countSignInAttempt(email) {
      const row = store
        .prepare('SELECT failures, locked_until FROM cognito_attempts WHERE pool_id = ? AND email = ?')
        .get(poolId, email.toLowerCase()) as { failures: number; locked_until: number } | undefined;
      const time = now().getTime();
      if (row && row.locked_until > time)
        throw new WireError(400, 'NotAuthorizedException', 'Password attempts exceeded');
      const failures = (row?.failures ?? 0) + 1;
      const lock =
        failures < FREE_FAILURES
          ? 0
          : Math.min(LONGEST_LOCK_MILLISECONDS, 1000 * 2 ** Math.min(failures - FREE_FAILURES, 20));
      store
        .prepare(
          'INSERT OR REPLACE INTO cognito_attempts (pool_id, email, failures, locked_until) VALUES (?, ?, ?, ?)',
        )
        .run(poolId, email.toLowerCase(), failures, lock === 0 ? 0 : time + lock);
    },
    clearSignInAttempts: (email) =>
      void store
        .prepare('DELETE FROM cognito_attempts WHERE pool_id = ? AND email = ?')
        .run(poolId, email.toLowerCase()),
  };
}
