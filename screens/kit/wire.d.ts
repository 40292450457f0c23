// Written from the pydantic models by `make docs`; change those, not this file.
// docs/reference/websocket-protocol.md explains them.

export interface Accept {
  type: "accept";
  conversation_id: string;
  offer_id: string;
  greet?: boolean;
}

export interface Ack {
  type: "ack";
  client_id: string;
  seq: number;
}

export interface ActionTaken {
  tool: string;
  is_ok: boolean;
  summary: string;
  seq: number;
}

export interface ArticleShown {
  article_id: string;
  title: string;
  seq: number;
  section: string;
}

export type Assurance = 0 | 1 | 2;

export interface CallOut {
  call_id: string;
  since: string;
  is_held: boolean;
  is_recording: boolean;
  is_caller_muted: boolean;
  consult: ConsultOut | null;
}

export interface CallbackOut {
  callback_id: string;
  conversation_id: string;
  name: string;
  phone: string;
  wanted_when: string;
  due: string;
  about: string;
  queue: string;
  status: string;
  operator_id: string | null;
  created_at: string;
}

export interface CallbackWish {
  phone: string;
  when: string;
}

export interface CallbacksOut {
  type: "callbacks";
  callbacks: CallbackOut[];
}

export interface ChatConfirm {
  type: "confirm_handover";
}

export interface ChatEnd {
  type: "end";
}

export interface ChatHello {
  type: "hello";
  v: 1;
  conversation_id?: string | null;
  token?: string | null;
  last_seq?: number;
  wants_person?: boolean;
  name?: string | null;
  page?: string;
  pre_chat?: Record<string, string>;
}

export interface ChatRead {
  type: "read";
  seq: number;
}

export interface ChatSay {
  type: "say";
  client_id: string;
  text: string;
}

export interface ChatTyping {
  type: "typing";
  is_typing: boolean;
}

export interface CollectedAttribute {
  name: string;
  label: string;
  value: string;
  said_seq: number;
  is_verified: boolean;
}

export interface ConsultAnswer {
  type: "consult_answer";
  conversation_id: string;
  takes: boolean;
}

export interface ConsultAsk {
  type: "consult";
  conversation_id: string;
  operator_id: string;
  note?: string;
}

export interface ConsultComplete {
  type: "consult_complete";
  conversation_id: string;
}

export interface ConsultEnd {
  type: "consult_end";
  conversation_id: string;
}

export interface ConsultMerge {
  type: "consult_merge";
  conversation_id: string;
}

export interface ConsultOut {
  operator_id: string;
  operator_name: string;
  by: string;
  note: string;
  status: "asked" | "private" | "merged";
}

export interface ConversationOut {
  type: "conversation";
  item: WorkItem;
  card: Record<string, any> | null;
  record: Record<string, any> | null;
  suggestions: string[];
  viewers: string[];
  events: EventOut[];
}

export interface Decline {
  type: "decline";
  conversation_id: string;
  offer_id: string;
}

export interface DeskEnd {
  type: "end";
  conversation_id: string;
}

export interface DeskHello {
  type: "hello";
  v: 1;
  ticket: string;
}

export interface DeskOut {
  type: "desk";
  v: 1;
  me: OperatorOut;
  now: string;
  operators: OperatorOut[];
  queues: QueueOut[];
  work: WorkItem[];
  waiting: WorkItem[];
  live: WorkItem[];
  callbacks: CallbackOut[];
  offers: OfferOut[];
  quick_replies: QuickReply[];
  dispositions: Disposition[];
  brand: string;
  agent_name: string;
  heartbeat_seconds: number;
  max_text: number;
}

export interface DeskRead {
  type: "read";
  conversation_id: string;
  seq: number;
}

export interface DeskSay {
  type: "say";
  conversation_id: string;
  client_id: string;
  text: string;
}

export interface DeskTyping {
  type: "typing";
  conversation_id: string;
  is_typing: boolean;
}

export interface Disposition {
  id: string;
  name: string;
  category: string;
}

export interface ErrorOut {
  type: "error";
  code: "bad_json" | "unknown_message" | "too_long" | "too_large" | "too_fast" | "not_welcome" | "not_yours" | "conversation_closed" | "conflict" | "unavailable" | "not_allowed";
  message: string;
  client_id: string | null;
  retry_after_seconds: number | null;
}

export type EscalationReason = "customer_request" | "unknown_intent" | "missing_knowledge" | "unable_to_proceed" | "policy_restriction" | "negative_sentiment" | "authentication_failed" | "tool_failure" | "agent_error" | "limit_reached";

export interface EventOut {
  type: "event";
  conversation_id: string;
  seq: number;
  at: string;
  data: Record<string, any>;
}

export interface HandBack {
  type: "hand_back";
  conversation_id: string;
  note?: string;
}

export interface HandoverContext {
  version: 1;
  reason: EscalationReason;
  is_requested_by_customer: boolean;
  headline: string;
  issue: string;
  tried: string;
  needed: string;
  intent: IntentSeen | null;
  earlier_intents: IntentSeen[];
  attributes: CollectedAttribute[];
  open_attributes: OpenAttribute[];
  identity: Identity;
  facts: ShownFact[];
  actions: ActionTaken[];
  articles: ArticleShown[];
  mood: Mood;
  language: string;
  channel: string;
  device: string;
  started_at: string;
  requested_at: string;
  transfers: number;
  wish: CallbackWish | null;
  suggested_step: string;
  suggested_reply: string;
  has_recording_consent: boolean;
  has_ai_notice: boolean;
  cases: string[];
  leads: string[];
  last_turns: QuotedTurn[];
  customer_note: string;
  agent_summary: string;
}

export interface Heartbeat {
  type: "heartbeat";
  now: string;
}

export interface Hold {
  type: "hold";
  conversation_id: string;
  is_on: boolean;
}

export interface Identity {
  customer_id: string | null;
  name: string | null;
  assurance: Assurance;
  method: string | null;
  failed_checks: number;
  checked: ([string, string])[];
}

export interface IntentSeen {
  intent: string;
  name: string;
  group: string;
  confidence: number;
  said_seq: number;
  words: string;
}

export interface ItemOut {
  type: "item";
  item: WorkItem;
}

export interface Mood {
  level: number;
  trend: number;
}

export interface Note {
  type: "note";
  conversation_id: string;
  client_id: string;
  text: string;
}

export interface OfferGone {
  type: "offer_gone";
  offer_id: string;
  why: "accepted" | "expired" | "withdrawn";
}

export interface OfferOut {
  type: "offer";
  offer_id: string;
  expires_at: string;
  offer_seconds: number;
  item: WorkItem;
  card: Record<string, any>;
  passed_on: PassedOnOut | null;
}

export interface Open {
  type: "open";
  conversation_id: string;
  last_seq?: number;
}

export interface OpenAttribute {
  name: string;
  label: string;
  prompt: string;
  is_mandatory: boolean;
}

export interface OperatorOut {
  operator_id: string;
  name: string;
  role: string;
  presence: string;
  presence_set_by: string;
  presence_at: string;
  load: number;
  capacity: number;
  skills: Record<string, number>;
  queues: string[];
  languages: string[];
}

export interface PassedOnOut {
  operator_id: string;
  operator_name: string;
  note: string;
}

export interface PeopleOut {
  type: "people";
  operators: OperatorOut[];
  queues: QueueOut[];
}

export interface Pick {
  type: "pick";
  conversation_id: string;
}

export interface QueueOut {
  queue_id: string;
  name: string;
  is_open: boolean;
  waiting: number;
  longest_wait_since: string | null;
  on_duty: number;
}

export interface QuickReply {
  id: string;
  shortcut: string;
  title: string;
  text: string;
}

export interface QuotedTurn {
  seq: number;
  speaker: "customer" | "agent" | "operator";
  text: string;
}

export interface ReadOut {
  type: "read";
  conversation_id: string;
  who: "customer" | "operator";
  seq: number;
}

export interface Record {
  type: "record";
  conversation_id: string;
  is_on: boolean;
}

export interface Release {
  type: "release";
  conversation_id: string;
}

export interface SetPresence {
  type: "presence";
  presence: "available" | "busy" | "away" | "offline";
}

export interface ShownFact {
  text: string;
  seq: number;
}

export interface Shut {
  type: "shut";
  conversation_id: string;
}

export interface StageOut {
  type: "stage";
  conversation_id: string;
  stage: string;
  operator_name: string | null;
  seq: number;
}

export interface TakeCallback {
  type: "callback";
  callback_id: string;
  status: "taken" | "done" | "cancelled";
  outcome?: string;
}

export interface Transfer {
  type: "transfer";
  conversation_id: string;
  queue: string;
  note?: string;
}

export interface TransferTo {
  type: "transfer_to";
  conversation_id: string;
  operator_id: string;
  note?: string;
}

export interface TypingOut {
  type: "typing";
  conversation_id: string;
  who: "customer" | "agent" | "operator";
  name: string;
  is_typing: boolean;
}

export interface ViewersOut {
  type: "viewers";
  conversation_id: string;
  viewers: string[];
}

export interface WaitingOut {
  type: "waiting";
  position: number;
  estimate_seconds: number | null;
  is_confirmed: boolean;
  ready_at: string | null;
}

export interface Welcome {
  type: "welcome";
  v: 1;
  conversation_id: string;
  token: string | null;
  seq: number;
  stage: string;
  agent_name: string;
  brand: string;
  events: EventOut[];
  waiting: WaitingOut | null;
  max_text: number;
  heartbeat_seconds: number;
}

export interface WorkItem {
  conversation_id: string;
  stage: string;
  channel: string;
  seq: number;
  customer: string;
  is_verified: boolean;
  queue: string | null;
  intent: string;
  headline: string;
  reason: string | null;
  priority: number;
  started_at: string;
  queued_at: string | null;
  last_at: string;
  last_text: string;
  last_speaker: string;
  operator_id: string | null;
  operator_name: string | null;
  mood: number;
  mood_trend: number;
  is_customer_online: boolean;
  call: CallOut | null;
}

export interface WrapUp {
  type: "wrap_up";
  conversation_id: string;
  disposition: string;
  summary?: string;
}

export type FromCustomer =
  | ChatHello
  | ChatSay
  | ChatTyping
  | ChatRead
  | ChatConfirm
  | ChatEnd;

export type ToCustomer =
  | Welcome
  | Ack
  | EventOut
  | StageOut
  | WaitingOut
  | TypingOut
  | ReadOut
  | ErrorOut
  | Heartbeat;

export type FromDesk =
  | DeskHello
  | SetPresence
  | Accept
  | Decline
  | Pick
  | Open
  | Shut
  | DeskSay
  | Note
  | DeskTyping
  | DeskRead
  | HandBack
  | Transfer
  | Release
  | DeskEnd
  | WrapUp
  | Hold
  | Record
  | TransferTo
  | ConsultAsk
  | ConsultAnswer
  | ConsultMerge
  | ConsultEnd
  | ConsultComplete
  | TakeCallback;

export type ToDesk =
  | DeskOut
  | ConversationOut
  | ItemOut
  | PeopleOut
  | CallbacksOut
  | OfferOut
  | OfferGone
  | ViewersOut
  | EventOut
  | Ack
  | TypingOut
  | ReadOut
  | ErrorOut
  | Heartbeat;
