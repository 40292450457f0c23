// @ts-check
// What the screens say and hear over their sockets. docs/reference/websocket-protocol.md explains it.

/** Protocol version this code speaks. */
export const PROTOCOL_VERSION = 1;

/** Characters of one message, until the server's `welcome` or `desk` says otherwise. */
export const MAX_TEXT = 4000;

/**
 * The messages, written from the server's models, under the names the screens use. An event lies in `EventOut.data`;
 * docs/reference/events.md has the fields of each kind.
 * @typedef {import('./wire.js').EventData} EventData
 * @typedef {import('./wire.js').ToCustomer} ToCustomer
 * @typedef {import('./wire.js').ToDesk} ToDesk
 * @typedef {import('./wire.js').EventOut} EventOut
 * @typedef {{article_id: string, title: string, section: string}} Source
 * @typedef {import('./wire.js').WaitingOut} Waiting
 * @typedef {import('./wire.js').ErrorOut} ErrorOut
 * @typedef {import('./wire.js').WorkItem} WorkItem
 * @typedef {import('./wire.js').CallOut} Call
 * @typedef {import('./wire.js').ConsultOut} Consult
 * @typedef {import('./wire.js').OfferOut} Offer
 * @typedef {import('./wire.js').OperatorOut} Operator
 * @typedef {import('./wire.js').CallbackOut} Callback
 * @typedef {import('./wire.js').QueueOut} Queue
 * @typedef {import('./wire.js').QuickReply} QuickReply
 * @typedef {import('./wire.js').Disposition} Disposition
 * @typedef {import('./wire.js').HandoverContext} Card
 */
