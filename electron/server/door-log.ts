/** What the browser door tells the log: of people and files nothing but counts, sizes and ids. */
export interface DoorLog {
  debug(event: string, fields: DoorLogFields): void;
  info(event: string, fields: DoorLogFields): void;
  warn(event: string, fields: DoorLogFields): void;
  error(event: string, fields: DoorLogFields): void;
}

export interface DoorLogFields {
  /** Names one request or connection, so that its lines can be found together. */
  correlationId?: string;
  /** Names a signed-in browser, not its cookie. */
  client?: string;
  method?: string;
  /** One of our own paths; what somebody else made up is `other`. Without the query. */
  route?: string;
  status?: number;
  ms?: number;
  bytes?: number;
  /** Of who could not sign in, or tried what a page of ours never does. */
  address?: string;
  reason?: string;
  code?: string;
  where?: string;
  trace?: string;
}

/** What the browser door counts. */
export interface DoorMetrics {
  request(route: string, status: number, ms: number): void;
  signIn(outcome: 'ok' | 'refused' | 'slowed-down'): void;
  upload(outcome: 'done' | 'refused' | 'broken-off', bytes: number): void;
  /** How many are signed in and connected now. */
  presence(now: { signIns: number; sockets: number }): void;
}
