// @ts-check
// A conversation as our side reads it: turns with what the agent made of them, notes, small lines, dividers.

import { deviceWord } from '../device.js';
import {
  assuranceWord,
  callEndWord,
  callbackWord,
  closureWord,
  outcomeWord,
  plain,
  reasonWord,
  requeuedWords,
} from '../words.js';
import { clock, dayAndClock } from '../time.js';
import { strings } from './strings.js';

/** @typedef {import('../icons.js').IconName} IconName */

/**
 * @typedef {object} Turn
 * @property {'turn'} kind
 * @property {string} key
 * @property {number} seq 0 while not on disk
 * @property {string} at
 * @property {'customer' | 'agent' | 'operator' | 'note'} who
 * @property {string} name
 * @property {string} speakerId an operator's id; empty for the others
 * @property {string} text
 * @property {boolean} isFirst in a row of the same speaker
 * @property {Understanding[]} understood what the agent made of it
 * @property {import('../protocol.js').Source[]} sources
 * @property {string[]} choices
 * @property {any} card
 * @property {import('../outbox.js').Parcel | null} parcel
 * @property {Spoken | null} voice where in a call it was said
 * @property {string | null} heard what the caller heard of it, when less than all
 * @property {boolean} isGhost being said right now
 *
 * @typedef {{who: 'customer' | 'operator', speakerId: string, name: string, text: string}} Ghost words half said
 * @typedef {{call_id: string, start_ms: number, end_ms: number}} Spoken
 * @typedef {{look: 'intent' | 'slot' | 'unmatched' | 'mood', text: string, value?: string, title: string,
 *   level?: number}} Understanding
 * @typedef {{kind: 'line', key: string, seq: number, at: string, icon: IconName, text: string,
 *   isWorking: boolean}} LineEntry
 * @typedef {{kind: 'tool', key: string, seq: number, at: string, tool: string, isOk: boolean, summary: string,
 *   result: Record<string, any>}} ToolEntry
 * @typedef {{kind: 'divider', key: string, seq: number, at: string, text: string, tone: string}} DividerEntry
 * @typedef {{kind: 'call', key: string, seq: number, at: string, callId: string}} CallEntry a call that is over
 * @typedef {Turn | LineEntry | ToolEntry | DividerEntry | CallEntry} Entry
 */

const GROUP_MS = 180_000;

/**
 * @param {import('../protocol.js').EventOut[]} events
 * @param {import('../outbox.js').Parcel[]} parcels of this conversation, not yet on disk
 * @param {string} agentName
 * @param {Ghost[]} [ghosts] what is being said right now
 * @param {string} [me] operator id of the reader
 * @returns {Entry[]}
 */
export function entriesOf(events, parcels, agentName, ghosts = [], me = '') {
  /** @type {Entry[]} */
  const entries = [];
  /** @type {Map<number, Turn>} */
  const turns = new Map();
  let openCall = '';
  for (const event of events) {
    const turn = turnOf(event, agentName);
    if (turn) {
      entries.push(turn);
      turns.set(event.seq, turn);
      continue;
    }
    if (event.data.kind === 'agent_heard') {
      hear(turns.get(event.data.said_seq), event.data);
      continue;
    }
    // A call also ends with its conversation, and when the line that was open before has been lost.
    const endsCall = openCall && ['call_started', 'call_ended', 'ended'].includes(event.data.kind);
    if (endsCall)
      entries.push({ kind: 'call', key: `call-${openCall}`, seq: event.seq, at: event.at, callId: openCall });
    if (endsCall || event.data.kind === 'call_started')
      openCall = event.data.kind === 'call_started' ? event.data.call_id : '';
    const understood = understandingOf(event);
    if (understood && 'said_seq' in event.data) turns.get(event.data.said_seq)?.understood.push(understood);
    else entries.push(...happeningOf(event));
  }
  for (const ghost of ghosts)
    entries.push({
      ...emptyTurn,
      ...ghost,
      key: `ghost-${ghost.who}-${ghost.speakerId}`,
      at: new Date().toISOString(),
      isGhost: true,
    });
  for (const parcel of parcels) {
    entries.push({
      ...emptyTurn,
      key: `c${parcel.clientId}`,
      at: parcel.at,
      who: parcel.type === 'note' ? 'note' : 'operator',
      name: strings.you,
      speakerId: me,
      text: parcel.text,
      parcel,
    });
  }
  return grouped(entries);
}

/** @type {Omit<Turn, 'key' | 'at' | 'who' | 'name' | 'speakerId' | 'text'>} */
const emptyTurn = {
  kind: 'turn',
  seq: 0,
  isFirst: true,
  understood: [],
  sources: [],
  choices: [],
  card: null,
  parcel: null,
  voice: null,
  heard: null,
  isGhost: false,
};

/** @type {{customer_said: 'customer', agent_said: 'agent', operator_said: 'operator', note_added: 'note'}} */
const speakers = {
  customer_said: 'customer',
  agent_said: 'agent',
  operator_said: 'operator',
  note_added: 'note',
};

/** @param {import('../protocol.js').EventOut} event @param {string} agentName @returns {Turn | null} */
function turnOf({ seq, at, data }, agentName) {
  if (
    data.kind !== 'customer_said' &&
    data.kind !== 'agent_said' &&
    data.kind !== 'operator_said' &&
    data.kind !== 'note_added'
  )
    return null;
  const who = speakers[data.kind];
  const name = 'name' in data ? data.name : who === 'agent' ? agentName : strings.customer;
  const key = 'client_id' in data && data.client_id ? `c${data.client_id}` : `s${seq}`;
  return {
    ...emptyTurn,
    key,
    seq,
    at,
    who,
    name,
    speakerId: 'operator_id' in data ? data.operator_id : '',
    text: data.text,
    understood: [],
    sources: 'sources' in data ? data.sources : [],
    choices: 'choices' in data ? data.choices : [],
    card: 'card' in data ? data.card : null,
    voice: 'voice' in data ? data.voice : null,
  };
}

/**
 * What of the agent's line was really played, and when.
 * @param {Turn | undefined} turn
 * @param {import('../wire.js').AgentHeard} data
 */
function hear(turn, { call_id, start_ms, end_ms, is_whole: isWhole, text }) {
  if (!turn) return;
  turn.voice = { call_id, start_ms, end_ms };
  turn.heard = isWhole ? null : text;
}

/** @param {import('../protocol.js').EventOut} event @returns {Understanding | null} */
function understandingOf({ data }) {
  const percent = (/** @type {number} */ share) => `${Math.round(share * 100)} %`;
  switch (data.kind) {
    case 'intent_recognised':
      return {
        look: 'intent',
        text: data.name,
        value: percent(data.confidence),
        title: strings.intent(data.group, data.zone, (data.alternatives ?? []).map(plain)),
      };
    case 'utterance_unmatched':
      return { look: 'unmatched', text: strings.noIntent, title: strings.nearest(data.nearest, percent(data.score)) };
    case 'slot_filled':
      return {
        look: 'slot',
        text: data.label,
        value: data.value,
        title: data.is_correction ? strings.corrected : strings.collected,
      };
    case 'mood_noted':
      return data.level ? { look: 'mood', text: '', title: '', level: data.level } : null;
    default:
      return null;
  }
}

/**
 * Everything that is no turn and belongs to none.
 * @param {import('../protocol.js').EventOut} event
 * @returns {Entry[]}
 */
function happeningOf({ seq, at, data }) {
  const base = { key: `s${seq}`, seq, at };
  const line = (/** @type {IconName} */ icon, /** @type {string} */ text, isWorking = false) => [
    /** @type {LineEntry} */ ({ kind: 'line', ...base, icon, text, isWorking }),
  ];
  const divider = (/** @type {string} */ text, tone = '') => [
    /** @type {DividerEntry} */ ({ kind: 'divider', ...base, text, tone }),
  ];
  switch (data.kind) {
    case 'conversation_started': {
      const known = data.pre_chat.map((fact) => `${plain(fact.name)}: ${fact.value}`);
      return [
        ...divider(`${dayAndClock(at)}`),
        ...line(
          data.channel === 'voice' ? 'phone' : 'chat',
          [
            data.channel === 'voice' ? strings.called : strings.chatStarted,
            data.page,
            deviceWord(data.device),
            ...known,
          ]
            .filter(Boolean)
            .join(' · '),
        ),
      ];
    }
    case 'notice':
      return line('info', data.text);
    case 'topic_closed':
      return line('check', `${plain(data.intent)}: ${outcomeWord(data.outcome)}`, true);
    case 'identity_checked':
      return line(
        'shield',
        data.is_ok
          ? strings.identified(assuranceWord(data.assurance), data.name, data.method)
          : strings.notIdentified(data.method),
      );
    case 'tool_used':
      return [
        { kind: 'tool', ...base, tool: data.tool, isOk: data.is_ok, summary: data.summary, result: data.result ?? {} },
      ];
    case 'hand_off_requested':
      return divider(strings.handedOver(clock(at), reasonWord(data.context.reason)), 'accent');
    case 'handover_corrected':
      return line('note', strings.summaryCorrected);
    case 'handover_confirmed':
      return line('check', strings.summaryConfirmed);
    case 'hand_off_withdrawn':
      return line('handBack', strings.withdrawn);
    case 'offered':
      return line('bell', strings.offered(data.operator_name), true);
    case 'offer_accepted':
      return divider(strings.accepted(data.operator_name, clock(at)), 'accent');
    case 'requeued':
      return line(
        data.reason === 'transferred' ? 'transfer' : 'queue',
        requeuedWords({ reason: data.reason ?? '', colleague: data.colleague }) + after('. ', data.note),
      );
    case 'operator_lost':
      return line('alert', strings.operatorLost(clock(data.until)));
    case 'operator_restored':
      return line('check', strings.operatorBack);
    case 'handed_back':
      return [...divider(strings.handedBack(clock(at)), 'agent'), ...(data.note ? line('note', data.note) : [])];
    case 'call_started':
      return line('phone', strings.callStarted(clock(at), data.is_recorded));
    case 'call_ended':
      return line('hangUp', strings.callEnded(clock(at), callEndWord(data.reason)));
    case 'hold_changed':
      return line('hold', data.is_on ? strings.onHold : strings.offHold, true);
    case 'recording_changed':
      // A notice says it to both sides.
      return [];
    case 'consult_asked':
      return line('people', strings.asked(data.operator_name) + after('. ', data.note));
    case 'consult_answered':
      return line('people', data.is_taken ? strings.colleagueAnswered : strings.colleagueDeclined);
    case 'consult_merged':
      return line('merge', strings.merged);
    case 'consult_ended':
      return line('people', strings.colleagueOut);
    case 'operator_changed':
      return divider(strings.tookOver(data.operator_name, clock(at)), 'accent');
    case 'callback_requested':
      return line('phone', strings.callbackWanted(data.phone, data.when));
    case 'callback_updated':
      return line('phone', strings.callback(callbackWord(data.status)) + after(': ', data.outcome));
    case 'ended':
      return divider(strings.ended(clock(at), closureWord(data.reason)));
    case 'wrapped_up':
      return line('archive', strings.wrappedUp(plain(data.disposition)) + after('. ', data.summary));
    default:
      return [];
  }
}

/** What somebody wrote to it, if they did. @param {string} sign @param {string | null | undefined} words */
const after = (sign, words) => (words ? sign + words : '');

/** @param {Entry[]} entries */
function grouped(entries) {
  /** @type {Turn | null} */
  let before = null;
  for (const entry of entries) {
    if (entry.kind !== 'turn') {
      if (entry.kind === 'divider') before = null;
      continue;
    }
    entry.isFirst =
      !before ||
      before.who !== entry.who ||
      before.speakerId !== entry.speakerId ||
      Date.parse(entry.at) - Date.parse(before.at) > GROUP_MS;
    before = entry;
  }
  return entries;
}
