// @ts-check
// <sb-handover-card>: everything the agent passed on. Lines nothing is known about are left out, never filled up.

import { LitElement, html, nothing } from './vendor/lit.js';
import { deviceWord } from './device.js';
import { icon } from './icons.js';
import { moodFace } from './mood.js';
import { base, buttons, parts } from './styles.js';
import { aboutMinutes, clock, date } from './time.js';
import { assuranceWord, channelWord, moodWord, plain, reasonWord, trendWord } from './words.js';
import { cardStyles } from './handover-card-styles.js';

/** Fires `show-turn` (detail: sequence number). */
export class HandoverCard extends LitElement {
  static properties = { card: { attribute: false } };
  static styles = [base, buttons, parts, cardStyles];

  constructor() {
    super();
    /** @type {import('./protocol.js').Card} */ this.card;
  }

  render() {
    const { card } = this;
    return html`<article data-testid="card">
      <p class="headline" dir="auto" data-testid="card-headline">${card.headline}</p>
      <p class="chips">
        <span class="chip ${card.reason === 'customer_request' ? 'accent' : 'warn'}"
          >${cap(reasonWord(card.reason))}</span
        >
        ${card.intent
          ? html`<button class="chip agent" @click=${() => this.#show(card.intent?.said_seq ?? 0)}>
              ${card.intent.name} <span class="num">${Math.round(card.intent.confidence * 100)} %</span>
            </button>`
          : nothing}
        ${card.transfers
          ? html`<span class="chip warn"
              >Passed on ${card.transfers === 1 ? 'once' : `${card.transfers} times`} before</span
            >`
          : nothing}
      </p>
      ${this.#summary()} ${this.#identity()} ${this.#attributes()}
      ${this.#lines(
        'Already told the customer',
        card.facts.map(({ text, seq }) => ({ text, seq, mark: icon('chat', 14) })),
      )}
      ${this.#lines(
        'Already done',
        card.actions.map(({ tool, is_ok: isOk, summary, seq }) => ({
          // What the customer was told stands above; here it is enough to say what was done.
          text: !summary || card.facts.some((fact) => fact.text === summary) ? plain(tool) : summary,
          seq,
          mark: isOk
            ? html`<span class="good">${icon('check', 14)}</span>`
            : html`<span class="bad">${icon('close', 14)}</span>`,
        })),
      )}
      ${this.#lines(
        'Articles shown',
        card.articles.map(({ title, seq }) => ({ text: title, seq, mark: icon('source', 14) })),
      )}
      ${this.#lines(
        'Earlier intents',
        card.earlier_intents.map(({ name, said_seq: seq }) => ({ text: name, seq, mark: icon('agent', 14) })),
      )}
      ${this.#wish()} ${this.#step()} ${this.#meta()}
    </article>`;
  }

  /** @param {number} seq */
  #show(seq) {
    this.dispatchEvent(new CustomEvent('show-turn', { detail: seq, bubbles: true, composed: true }));
  }

  #summary() {
    const { issue, tried, needed, customer_note: note, agent_summary: summary } = this.card;
    const rows = /** @type {const} */ ([
      ['Issue', issue],
      ['Tried', tried],
      ['Needed', needed],
    ]).filter(([, text]) => text);
    return html`<dl class="summary">
      ${rows.map(
        ([label, text]) =>
          html`<div>
            <dt>${label}</dt>
            <dd dir="auto">${text}</dd>
          </div>`,
      )}
      ${note
        ? html`<div class="said">
            <dt>Customer added</dt>
            <dd dir="auto">${note}</dd>
          </div>`
        : nothing}
      ${summary
        ? html`<div class="model">
            <dt>${icon('agent', 12)} Summary by a language model</dt>
            <dd dir="auto">${summary}</dd>
          </div>`
        : nothing}
    </dl>`;
  }

  #identity() {
    const { identity } = this.card;
    const tone = ['warn', 'accent', 'good'][identity.assurance] ?? 'warn';
    const how = [
      identity.method && `by ${identity.method}`,
      identity.failed_checks && `${identity.failed_checks} failed ${identity.failed_checks === 1 ? 'check' : 'checks'}`,
    ]
      .filter(Boolean)
      .join(', ');
    return html`<section>
      <h3>Identity</h3>
      <p class="row">
        <span class=${tone}>${icon(identity.assurance === 2 ? 'shield' : 'person', 16)}</span>
        <span class="grow"
          ><b>${identity.name ?? 'Unknown customer'}</b>
          <span class="soft">${assuranceWord(identity.assurance)}${how ? `, ${how}` : ''}</span></span
        >
        ${identity.customer_id ? html`<span class="num faint">${identity.customer_id}</span>` : nothing}
      </p>
    </section>`;
  }

  #attributes() {
    const { attributes, open_attributes: open } = this.card;
    if (!attributes.length && !open.length) return nothing;
    return html`<section>
      <h3>Collected</h3>
      <ul class="attributes">
        ${attributes.map(
          ({ label, value, said_seq: seq, is_verified: isVerified }) =>
            html`<li>
              <button class="row" @click=${() => this.#show(seq)} title="Show where it was said">
                <span class="good">${icon('check', 15)}</span><span class="label">${cap(label)}</span
                ><span class="value grow" dir="auto">${date(value)}</span> ${isVerified
                  ? html`<span class="chip good">in record</span>`
                  : nothing}
              </button>
            </li>`,
        )}
        ${open.map(
          ({ label, prompt, is_mandatory: isMandatory }) =>
            html`<li class="row open" title=${prompt}>
              <span class="faint">${icon('circle', 15)}</span
              ><span class="grow"
                ><span>${cap(label)}${isMandatory ? html` <span class="chip warn">needed</span>` : nothing}</span>
                <span class="prompt" dir="auto">${prompt}</span></span
              >
            </li>`,
        )}
      </ul>
    </section>`;
  }

  /** @param {string} title @param {{text: string, seq: number, mark: unknown}[]} lines */
  #lines(title, lines) {
    if (!lines.length) return nothing;
    return html`<section>
      <h3>${title}</h3>
      <ul>
        ${lines.map(
          ({ text, seq, mark }) =>
            html`<li>
              <button class="row" @click=${() => this.#show(seq)}>
                <span class="mark">${mark}</span> <span class="grow" dir="auto">${text}</span>
              </button>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  #wish() {
    const { wish } = this.card;
    return wish
      ? html`<section>
          <h3>Would rather be called</h3>
          <p class="row">
            <span class="mark">${icon('phone', 15)}</span><span class="grow">${wish.phone}, ${wish.when}</span>
          </p>
        </section>`
      : nothing;
  }

  #step() {
    const { suggested_step: step } = this.card;
    return step
      ? html`<section class="step">
          <h3>${icon('agent', 13)} Suggested next step</h3>
          <p dir="auto">${step}</p>
        </section>`
      : nothing;
  }

  #meta() {
    const { card } = this;
    const withAgent = aboutMinutes((Date.parse(card.requested_at) - Date.parse(card.started_at)) / 1000);
    const parts = [
      channelWord(card.channel),
      deviceWord(card.device),
      card.language.toUpperCase(),
      `${withAgent} with the agent`,
      `handed over ${clock(card.requested_at)}`,
      card.has_ai_notice ? 'told it is an AI' : 'not told it is an AI',
      card.has_recording_consent && 'agreed to recording',
      card.cases.length && `cases ${card.cases.join(', ')}`,
      card.leads.length && `leads ${card.leads.join(', ')}`,
    ];
    return html`<p class="meta">
      ${moodFace(card.mood.level, card.mood.trend, 16)}
      <span>${moodWord(card.mood.level)}, ${trendWord(card.mood.trend)} · ${parts.filter(Boolean).join(' · ')}</span>
    </p>`;
  }
}

/** @param {string} text */
const cap = (text) => text.charAt(0).toUpperCase() + text.slice(1);

customElements.define('sb-handover-card', HandoverCard);
