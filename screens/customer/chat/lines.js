// @ts-check
// What the chat shows, line by line, worked out from the events and from what is still on its way.

import { locale } from '../../kit/language.js';
import { clock, day } from '../../kit/time.js';
import { strings } from '../strings.js';

/** Messages of one speaker closer than this share one name and one time. */
const GROUP_MS = 120_000;

/**
 * @typedef {object} Bubble
 * @property {'bubble'} kind
 * @property {string} key
 * @property {'customer' | 'agent' | 'operator'} who
 * @property {string} name
 * @property {string} text
 * @property {string} at
 * @property {number} seq 0 while not on disk
 * @property {boolean} isFirst of its group: shows the name
 * @property {boolean} isLast of its group: shows the time
 * @property {import('../../kit/protocol.js').Source[]} sources
 * @property {string[]} choices only while they can still be pressed
 * @property {SummaryCard | null} card
 * @property {import('../../kit/outbox.js').Parcel | null} parcel what waits for its acknowledgement
 *
 * @typedef {object} SummaryCard The hand-over summary the customer may correct.
 * @property {string} headline
 * @property {string} issue
 * @property {string} needed
 * @property {{name: string, label: string, value: string}[]} attributes
 * @property {string | null} ready_at
 * @property {'active' | 'passed' | 'replaced'} state
 *
 * @typedef {{kind: 'notice' | 'day', key: string, text: string, at: string}} Divider
 * @typedef {Bubble | Divider} Line
 */

/**
 * A person has taken the conversation: what was passed on to them is not for correcting any more.
 * @param {import('../../kit/protocol.js').EventOut} event
 */
const isTaken = ({ data }) =>
  data.kind === 'handover_confirmed' ||
  data.kind === 'operator_said' ||
  (data.kind === 'notice' && data.code === 'operator_joined');

/** What happens beside the conversation: buttons under the last line stay. */
const BESIDE = new Set(['notice', 'call_started', 'call_ended', 'agent_heard', 'hold_changed', 'recording_changed']);

/**
 * What was heard of lines that were cut short, by their sequence number.
 * @param {import('../../kit/protocol.js').EventOut[]} events
 */
function heardOf(events) {
  /** @type {Map<number, string>} */
  const heard = new Map();
  for (const { data } of events)
    if (data.kind === 'agent_heard' && !data.is_whole)
      heard.set(data.said_seq, data.text ? `${data.text.replace(/[\s.,;:]+$/, '')} …` : '');
  return heard;
}

/** The summary that the agent shows before it hands over. @param {import('../../kit/protocol.js').EventData} data */
const cardIn = (data) => (data.kind === 'agent_said' && data.card?.kind === 'handover' ? data.card : null);

/**
 * @param {import('../session.js').ChatSession} session
 * @returns {Line[]}
 */
export function linesOf(session) {
  const { events } = session.log;
  const lastSaid = events.findLast(({ data }) => !BESIDE.has(data.kind));
  const heard = heardOf(events);
  const newestCard = events.findLast(({ data }) => cardIn(data));
  const isPassed =
    session.isWithPerson ||
    Boolean(session.waiting?.is_confirmed) ||
    events.some((event) => isTaken(event) && event.seq > (newestCard?.seq ?? 0));
  /** @type {Line[]} */
  const lines = [];
  for (const event of events) {
    const { data, at, seq } = event;
    if (data.kind === 'notice') lines.push({ kind: 'notice', key: `n${seq}`, text: data.text, at });
    if (data.kind === 'call_started')
      lines.push({ kind: 'notice', key: `n${seq}`, text: strings.call.started(clock(at)), at });
    if (data.kind === 'call_ended') lines.push({ kind: 'notice', key: `n${seq}`, text: strings.call.ended, at });
    if (data.kind !== 'customer_said' && data.kind !== 'agent_said' && data.kind !== 'operator_said') continue;
    const who = speakers[data.kind];
    const card = cardIn(data);
    // What an interruption kept from the customer's ear was not said to them; a card they see in any case.
    const text = card ? data.text : (heard.get(seq) ?? data.text);
    if (!text) continue;
    const isOpen = event === lastSaid && !session.hasEnded && !session.outbox.parcels.length;
    lines.push({
      kind: 'bubble',
      key: 'client_id' in data && data.client_id ? `c${data.client_id}` : `s${seq}`,
      who,
      text,
      at,
      seq,
      parcel: null,
      isFirst: true,
      isLast: true,
      name: who === 'agent' ? session.agentName : 'name' in data ? data.name : '',
      sources: 'sources' in data ? data.sources : [],
      choices: isOpen && 'choices' in data ? data.choices : [],
      card: card && {
        ...card,
        state: event !== newestCard ? 'replaced' : isPassed || !session.isWaiting ? 'passed' : 'active',
      },
    });
  }
  for (const parcel of session.outbox.parcels) {
    lines.push({
      kind: 'bubble',
      key: `c${parcel.clientId}`,
      who: 'customer',
      name: '',
      text: parcel.text,
      at: parcel.at,
      seq: 0,
      isFirst: true,
      isLast: true,
      sources: [],
      choices: [],
      card: null,
      parcel,
    });
  }
  return withDays(grouped(lines));
}

/** @type {Record<string, Bubble['who']>} */
const speakers = { customer_said: 'customer', agent_said: 'agent', operator_said: 'operator' };

/** @param {Line[]} lines */
function grouped(lines) {
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    if (line.kind !== 'bubble' || before?.kind !== 'bubble') continue;
    if (before.who !== line.who || before.name !== line.name || Date.parse(line.at) - Date.parse(before.at) > GROUP_MS)
      continue;
    line.isFirst = false;
    before.isLast = false;
  }
  return lines;
}

/** @param {Line[]} lines @returns {Line[]} */
function withDays(lines) {
  let today = lines.length ? day(lines[0].at) : '';
  // A conversation of one day needs no dates.
  if (lines.every((line) => day(line.at) === today)) return lines;
  today = '';
  return lines.flatMap((line) => {
    if (day(line.at) === today) return [line];
    today = day(line.at);
    return [/** @type {Line} */ ({ kind: 'day', key: `d${line.key}`, text: today, at: line.at }), line];
  });
}

/**
 * The conversation as a text file for the customer to keep.
 *
 * @param {import('../session.js').ChatSession} session
 */
export function transcriptText(session) {
  const said = linesOf(session).map((line) => {
    const when = new Date(line.at).toLocaleString(locale);
    if (line.kind !== 'bubble') return line.kind === 'notice' ? `${when}  -- ${line.text} --` : '';
    const name = { customer: strings.you, agent: strings.file.agent(line.name), operator: line.name }[line.who];
    const titles = line.sources.map((source) => source.title).join(', ');
    const sources = titles ? `\n    ${strings.from}: ${titles}` : '';
    return `${when}  ${name}: ${line.text}${sources}`;
  });
  return [
    strings.file.title(session.brand),
    strings.file.reference(session.conversationId),
    '',
    ...said.filter(Boolean),
    '',
  ].join('\n');
}
