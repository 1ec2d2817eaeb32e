/** The tables of a server's database, `.inlay/server.sqlite`. */
export interface ServerTables {
  readonly sessions: SessionRow;
}

interface SessionRow {
  /** SHA-256 of the cookie's secret. */
  readonly hash: string;
  readonly client: string;
  readonly expires_at: number;
}
