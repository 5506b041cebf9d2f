import { z } from 'zod';
import { errorReportSchema, replySchema } from './envelope.ts';

/*
 * The messages that page and backend exchange, the same over IPC and over a WebSocket (there each is one text
 * frame of JSON). A page begins with `hello` and says nothing else before it is welcomed.
 */

/** Where the browser door takes WebSockets, on the page's own host. */
export const SOCKET_PATH = '/socket';

/** The WebSocket close code for a client that is not (or no longer) signed in; 4000-4999 are for applications (RFC 6455, 7.4.2). */
export const SIGNED_OUT_CLOSE_CODE = 4401;

/** Chosen by the page, one count for requests and subscriptions. */
const id = z.int().min(1);
/** Rises with each event of one backend run; what a page has heard so far is told by it. */
const seq = z.int().min(0);
const name = z.string().min(1).max(100);
/** What an event is about, such as a load's id; null where there is only one of it. */
const scope = z.string().min(1).max(200).nullable();
const serverId = z.string().min(1).max(100);

/** The last event a page has heard, and of which backend run. */
const cursor = z.object({ server: serverId, seq });

export const clientMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hello'), contract: z.number() }),
  z.object({ kind: z.literal('request'), id, route: name, input: z.unknown() }),
  z.object({ kind: z.literal('cancel'), id }),
  /** `after`: null for a new subscription, else the place to go on from. */
  z.object({ kind: z.literal('subscribe'), id, event: name, scope, after: cursor.nullable() }),
  z.object({ kind: z.literal('unsubscribe'), id }),
  /** Everything of subscription `id` up to `seq` has been dealt with; without it the backend stops sending. */
  z.object({ kind: z.literal('ack'), id, seq }),
  /** Answered by `pong`, so that a page notices a connection that died without a word. */
  z.object({ kind: z.literal('ping') }),
]);

export const serverMessage = z.discriminatedUnion('kind', [
  /** `server` names this run of the backend, `version` is the application's. */
  z.object({ kind: z.literal('welcome'), contract: z.number(), server: serverId, version: z.string() }),
  /** The connection is of no use: another contract, or a client that does not keep to this protocol. */
  z.object({ kind: z.literal('refused'), error: errorReportSchema }),
  z.object({ kind: z.literal('answer'), id, reply: replySchema }),
  /** The subscription stands and begins after `seq`. */
  z.object({ kind: z.literal('subscribed'), id, seq }),
  /** There is no such event, or none for this client. */
  z.object({ kind: z.literal('unheard'), id, error: errorReportSchema }),
  z.object({ kind: z.literal('event'), id, seq, payload: z.unknown() }),
  /** Events up to `seq` are lost to this subscription: the page asks for the present state instead. To be acked. */
  z.object({ kind: z.literal('gap'), id, seq }),
  z.object({ kind: z.literal('pong') }),
]);

export type ClientMessage = z.output<typeof clientMessage>;
export type ServerMessage = z.output<typeof serverMessage>;
export type Cursor = z.output<typeof cursor>;
