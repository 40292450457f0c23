// @ts-check
// The shapes of web/customer/chat_protocol.py, for editors and the type check; docs/reference/websocket-protocol.md
// explains them.

/** Protocol version this code speaks. */
export const PROTOCOL_VERSION = 1;

/** Characters of one message, until the server's `welcome` or `desk` says otherwise. */
export const MAX_TEXT = 4000;

/**
 * @typedef {{type: 'event', conversation_id: string, seq: number, at: string, data: EventData}} EventOut
 * @typedef {{kind: string} & Record<string, any>} EventData
 * @typedef {{article_id: string, title: string, section: string}} Source
 * @typedef {{position: number, estimate_seconds: number | null, is_confirmed: boolean, ready_at: string
 *   | null}} Waiting
 * @typedef {{code: string, message: string, client_id: string | null, retry_after_seconds: number | null}} ErrorOut
 *
 * @typedef {object} WorkItem
 * @property {string} conversation_id
 * @property {string} stage
 * @property {string} channel
 * @property {number} seq
 * @property {string} customer
 * @property {boolean} is_verified
 * @property {string | null} queue
 * @property {string} intent
 * @property {string} headline
 * @property {string | null} reason
 * @property {number} priority
 * @property {string} started_at
 * @property {string | null} queued_at
 * @property {string} last_at
 * @property {string} last_text
 * @property {string} last_speaker
 * @property {string | null} operator_id
 * @property {string | null} operator_name
 * @property {number} mood
 * @property {number} mood_trend
 * @property {boolean} is_customer_online
 * @property {Call | null} [call] the open voice call
 *
 * @typedef {object} Call
 * @property {string} call_id
 * @property {string} since
 * @property {boolean} is_held
 * @property {boolean} is_recording
 * @property {boolean} is_caller_muted
 * @property {Consult | null} consult
 *
 * @typedef {{operator_id: string, operator_name: string, by: string, note: string, status: 'asked' | 'private'
 *   | 'merged'}} Consult
 *
 * @typedef {object} Offer
 * @property {string} offer_id
 * @property {string} expires_at
 * @property {number} offer_seconds
 * @property {WorkItem} item
 * @property {Card} card
 * @property {{operator_id: string, operator_name: string, note: string} | null} passed_on
 *
 * @typedef {object} Operator
 * @property {string} operator_id
 * @property {string} name
 * @property {string} role
 * @property {string} presence
 * @property {string} presence_set_by
 * @property {string} presence_at
 * @property {number} load
 * @property {number} capacity
 * @property {string[]} languages ISO codes
 * @property {Record<string, number>} skills
 * @property {string[]} queues
 *
 * @typedef {object} Callback
 * @property {string} callback_id
 * @property {string} conversation_id
 * @property {string} name
 * @property {string} phone
 * @property {string} wanted_when
 * @property {string} about
 * @property {string} queue
 * @property {string} status
 * @property {string | null} operator_id
 * @property {string} created_at
 *
 * @typedef {object} Queue
 * @property {string} queue_id
 * @property {string} name
 * @property {boolean} is_open
 * @property {number} waiting
 * @property {string | null} longest_wait_since
 * @property {number} on_duty
 *
 * @typedef {{id: string, shortcut: string, title: string, text: string}} QuickReply
 * @typedef {{id: string, name: string, category: string}} Disposition
 *
 * @typedef {object} Card The hand-over card, conversation/handover.py.
 * @property {string} reason
 * @property {boolean} is_requested_by_customer
 * @property {string} headline
 * @property {string} issue
 * @property {string} tried
 * @property {string} needed
 * @property {{intent: string, name: string, group: string, confidence: number, said_seq: number} | null} intent
 * @property {{intent: string, name: string, group: string, confidence: number, said_seq: number}[]} earlier_intents
 * @property {{name: string, label: string, value: string, said_seq: number, is_verified: boolean}[]} attributes
 * @property {{name: string, label: string, prompt: string, is_mandatory: boolean}[]} open_attributes
 * @property {{customer_id: string | null, name: string | null, assurance: number, method: string | null,
 *   failed_checks: number}} identity
 * @property {{text: string, seq: number}[]} facts
 * @property {{tool: string, is_ok: boolean, summary: string, seq: number}[]} actions
 * @property {{article_id: string, title: string, seq: number}[]} articles
 * @property {{level: number, trend: number}} mood
 * @property {string} language
 * @property {string} channel
 * @property {string} device
 * @property {string} started_at
 * @property {string} requested_at
 * @property {number} transfers
 * @property {{phone: string, when: string} | null} wish
 * @property {string} suggested_step
 * @property {string} suggested_reply
 * @property {boolean} has_recording_consent
 * @property {boolean} has_ai_notice
 * @property {string[]} cases
 * @property {string[]} leads
 * @property {{seq: number, speaker: string, text: string}[]} last_turns
 * @property {string} customer_note
 * @property {string} agent_summary
 */
