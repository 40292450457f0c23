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

export interface AgentHeard {
  said_seq: number;
  text: string;
  is_whole: boolean;
  call_id: string;
  start_ms: number;
  end_ms: number;
  kind: "agent_heard";
}

export interface AgentSaid {
  text: string;
  sources: Source[];
  choices: string[];
  card: Record<string, any> | null;
  quote: string;
  kind: "agent_said";
}

export interface ArticleShown {
  article_id: string;
  title: string;
  seq: number;
  section: string;
}

export type Assurance = 0 | 1 | 2;

export type CallEnd = "hung_up" | "moved_to_chat" | "line_lost" | "conversation_ended" | "silence" | "too_long";

export interface CallEnded {
  call_id: string;
  by: "customer" | "agent" | "operator" | "supervisor" | "system";
  reason: CallEnd;
  kind: "call_ended";
}

export interface CallOut {
  call_id: string;
  since: string;
  is_held: boolean;
  is_recording: boolean;
  is_caller_muted: boolean;
  consult: ConsultOut | null;
}

export interface CallStarted {
  call_id: string;
  carrier: string;
  is_recorded: boolean;
  kind: "call_started";
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

export interface CallbackRequested {
  callback_id: string;
  phone: string;
  when: string;
  about: string;
  queue: string;
  name: string;
  due: string;
  kind: "callback_requested";
}

export type CallbackStatus = "open" | "taken" | "done" | "cancelled";

export interface CallbackUpdated {
  callback_id: string;
  status: CallbackStatus;
  operator_id: string;
  outcome: string;
  kind: "callback_updated";
}

export interface CallbackWish {
  phone: string;
  when: string;
}

export interface CallbacksOut {
  type: "callbacks";
  callbacks: CallbackOut[];
}

export interface Case {
  number: string;
  customer: string;
  policy: string | null;
  kind: string;
  subject: string;
  status: string;
  opened: string;
  updated: string;
  handler: string;
  next_step: string;
  amount_pence: number | null;
  expected_by: string | null;
  history: CaseNote[];
}

export interface CaseNote {
  at: string;
  text: string;
  is_internal: boolean;
}

export type Channel = "chat" | "voice";

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

export type ClosureReason = "resolved" | "customer_ended" | "operator_ended" | "customer_idle" | "callback_booked" | "force_closed";

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

export interface ConsultAnswered {
  operator_id: string;
  is_taken: boolean;
  kind: "consult_answered";
}

export interface ConsultAsk {
  type: "consult";
  conversation_id: string;
  operator_id: string;
  note?: string;
}

export interface ConsultAsked {
  operator_id: string;
  operator_name: string;
  by: string;
  note: string;
  kind: "consult_asked";
}

export interface ConsultComplete {
  type: "consult_complete";
  conversation_id: string;
}

export interface ConsultEnd {
  type: "consult_end";
  conversation_id: string;
}

export interface ConsultEnded {
  operator_id: string;
  kind: "consult_ended";
}

export interface ConsultMerge {
  type: "consult_merge";
  conversation_id: string;
}

export interface ConsultMerged {
  kind: "consult_merged";
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
  card: HandoverContext | null;
  record: CustomerRecord | null;
  suggestions: string[];
  viewers: string[];
  events: EventOut[];
}

export interface ConversationStarted {
  channel: Channel;
  language: string;
  pre_chat: Fact[];
  device: string;
  page: string;
  kind: "conversation_started";
}

export interface Customer {
  id: string;
  name: string;
  email: string;
  phone: string;
  date_of_birth: string;
  postcode: string;
  address: string;
  tier: string;
  since: string;
  authorised: string[];
}

export interface CustomerRecord {
  customer: Customer;
  policies: Policy[];
  cases: Case[];
  leads: Lead[];
}

export interface CustomerSaid {
  text: string;
  client_id: string;
  voice: Spoken | null;
  kind: "customer_said";
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

export interface Ended {
  by: "customer" | "agent" | "operator" | "supervisor" | "system";
  reason: ClosureReason;
  kind: "ended";
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
  data: EventData;
}

export interface Fact {
  name: string;
  value: string;
  description: string;
}

export interface HandBack {
  type: "hand_back";
  conversation_id: string;
  note?: string;
}

export interface HandOffRequested {
  context: HandoverContext;
  queue: string;
  skills: string[];
  priority: number;
  ready_at: string;
  kind: "hand_off_requested";
}

export interface HandOffWithdrawn {
  kind: "hand_off_withdrawn";
}

export interface HandedBack {
  operator_id: string;
  note: string;
  kind: "handed_back";
}

export interface HandoverConfirmed {
  kind: "handover_confirmed";
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

export interface HandoverCorrected {
  context: HandoverContext;
  ready_at: string;
  priority: number | null;
  is_refreshed: boolean;
  kind: "handover_corrected";
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

export interface HoldChanged {
  operator_id: string;
  is_on: boolean;
  kind: "hold_changed";
}

export interface Identity {
  customer_id: string | null;
  name: string | null;
  assurance: Assurance;
  method: string | null;
  failed_checks: number;
  checked: ([string, string])[];
}

export interface IdentityChecked {
  is_ok: boolean;
  assurance: Assurance;
  method: string;
  customer_id: string | null;
  name: string | null;
  checked: ([string, string])[];
  kind: "identity_checked";
}

export interface IntentRecognised {
  intent: string;
  name: string;
  group: string;
  confidence: number;
  zone: string;
  alternatives: string[];
  said_seq: number;
  model_version: number;
  kind: "intent_recognised";
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

export interface LanguageNoticed {
  language: string;
  kind: "language_noticed";
}

export interface Lead {
  id: string;
  customer: string | null;
  name: string;
  email: string;
  phone: string;
  product: string;
  source: string;
  stage: string;
  application_number: string | null;
  application_status: string | null;
  application_next_step: string | null;
  score: number;
  grade: string;
  reasons: string[];
  owner: string;
  created: string;
  updated: string;
}

export interface Mood {
  level: number;
  trend: number;
}

export interface MoodNoted {
  said_seq: number;
  level: number;
  kind: "mood_noted";
}

export interface Note {
  type: "note";
  conversation_id: string;
  client_id: string;
  text: string;
}

export interface NoteAdded {
  operator_id: string;
  name: string;
  text: string;
  client_id: string;
  kind: "note_added";
}

export interface Notice {
  code: string;
  text: string;
  kind: "notice";
}

export interface OfferAccepted {
  offer_id: string;
  operator_id: string;
  operator_name: string;
  kind: "offer_accepted";
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
  card: HandoverContext;
  passed_on: PassedOnOut | null;
}

export interface Offered {
  offer_id: string;
  operator_id: string;
  operator_name: string;
  expires_at: string;
  kind: "offered";
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

export interface OperatorChanged {
  operator_id: string;
  operator_name: string;
  before: string;
  kind: "operator_changed";
}

export interface OperatorLost {
  operator_id: string;
  until: string;
  kind: "operator_lost";
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

export interface OperatorRestored {
  operator_id: string;
  kind: "operator_restored";
}

export interface OperatorSaid {
  operator_id: string;
  name: string;
  text: string;
  client_id: string;
  voice: Spoken | null;
  kind: "operator_said";
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

export interface Policy {
  number: string;
  customer: string;
  product: string;
  status: string;
  start: string;
  renewal: string;
  premium_pence: number;
  frequency: string;
  next_payment_due: string | null;
  next_payment_pence: number | null;
  excess_pence: number | null;
  cover: string;
  named: string[];
}

export interface Question {
  kind: QuestionKind;
  slot: string | null;
  options: string[];
  attempt: number;
}

export interface QuestionAsked {
  question: Question | null;
  kind: "question_asked";
}

export type QuestionKind = "slot" | "confirm_action" | "clarify" | "offer_person" | "offer_callback" | "anything_else";

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

export interface RecordingChanged {
  by: string;
  is_on: boolean;
  kind: "recording_changed";
}

export interface Release {
  type: "release";
  conversation_id: string;
}

export type RequeueReason = "declined" | "expired" | "operator_lost" | "released" | "transferred";

export interface Requeued {
  reason: RequeueReason;
  operator_id: string;
  note: string;
  queue: string | null;
  colleague: string | null;
  kind: "requeued";
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

export interface SlotCleared {
  name: string;
  topic: string;
  kind: "slot_cleared";
}

export interface SlotFilled {
  name: string;
  label: string;
  value: string;
  said_seq: number;
  is_correction: boolean;
  topic: string;
  kind: "slot_filled";
}

export interface Source {
  article_id: string;
  title: string;
  section: string;
}

export interface Spoken {
  call_id: string;
  start_ms: number;
  end_ms: number;
}

export interface StageOut {
  type: "stage";
  conversation_id: string;
  stage: string;
  operator_name: string | null;
  seq: number;
}

export interface StepDone {
  intent: string;
  step: string;
  inputs: string;
  result: Record<string, any> | null;
  kind: "step_done";
}

export interface TakeCallback {
  type: "callback";
  callback_id: string;
  status: "taken" | "done" | "cancelled";
  outcome?: string;
}

export interface ToolUsed {
  tool: string;
  is_ok: boolean;
  summary: string;
  result: Record<string, any>;
  was_told: boolean;
  kind: "tool_used";
}

export interface TopicClosed {
  intent: string;
  outcome: TopicOutcome;
  kind: "topic_closed";
}

export interface TopicOpened {
  intent: string;
  name: string;
  said_seq: number;
  words: string;
  procedure: string;
  kind: "topic_opened";
}

export type TopicOutcome = "done" | "cancelled" | "handed_over";

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

export interface TurnTimed {
  call_id: string;
  said_seq: number;
  speech_end_ms: number;
  decided_ms: number;
  transcript_ms: number;
  decision_ms: number;
  first_audio_ms: number;
  played_ms: number | null;
  kind: "turn_timed";
}

export interface TurnUnderstood {
  said_seq: number;
  commands: string[];
  kind: "turn_understood";
}

export interface TypingOut {
  type: "typing";
  conversation_id: string;
  who: "customer" | "agent" | "operator";
  name: string;
  is_typing: boolean;
}

export interface UtteranceUnmatched {
  said_seq: number;
  nearest: string;
  score: number;
  text: string;
  line_of_business: string;
  is_doubtful: boolean;
  kind: "utterance_unmatched";
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

export interface WrappedUp {
  operator_id: string;
  disposition: string;
  summary: string;
  kind: "wrapped_up";
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

export type EventData =
  | ConversationStarted
  | CustomerSaid
  | AgentSaid
  | OperatorSaid
  | Notice
  | NoteAdded
  | IntentRecognised
  | UtteranceUnmatched
  | MoodNoted
  | TurnUnderstood
  | LanguageNoticed
  | TopicOpened
  | StepDone
  | TopicClosed
  | SlotFilled
  | SlotCleared
  | QuestionAsked
  | IdentityChecked
  | ToolUsed
  | CallbackRequested
  | CallbackUpdated
  | HandOffRequested
  | HandoverCorrected
  | HandoverConfirmed
  | HandOffWithdrawn
  | Offered
  | OfferAccepted
  | Requeued
  | OperatorLost
  | OperatorRestored
  | HandedBack
  | Ended
  | WrappedUp
  | CallStarted
  | CallEnded
  | AgentHeard
  | TurnTimed
  | HoldChanged
  | RecordingChanged
  | ConsultAsked
  | ConsultAnswered
  | ConsultMerged
  | ConsultEnded
  | OperatorChanged;
