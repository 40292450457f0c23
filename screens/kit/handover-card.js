// @ts-check
// <sb-handover-card>: everything the agent passed on. Lines nothing is known about are left out, never filled up.

import { LitElement, html, nothing } from './vendor/lit.js';
import { deviceWord } from './device.js';
import { strings } from './handover-card-strings.js';
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
      ${this.#chips()} ${this.#summary()} ${this.#identity()} ${this.#attributes()}
      ${this.#lines(
        strings.told,
        card.facts.map(({ text, seq }) => ({ text, seq, mark: icon('chat', 14) })),
      )}
      ${this.#lines(strings.done, card.actions.map(this.#done))}
      ${this.#lines(
        strings.articles,
        card.articles.map(({ title, seq }) => ({ text: title, seq, mark: icon('source', 14) })),
      )}
      ${this.#lines(
        strings.earlierIntents,
        card.earlier_intents.map(({ name, said_seq: seq }) => ({ text: name, seq, mark: icon('agent', 14) })),
      )}
      ${this.#wish()} ${this.#step()} ${this.#meta()}
    </article>`;
  }

  /** Why it was handed over, what the customer wants, how often it has changed hands. */
  #chips() {
    const { reason, intent, transfers } = this.card;
    return html`<p class="chips">
      <span class="chip ${reason === 'customer_request' ? 'accent' : 'warn'}">${cap(reasonWord(reason))}</span>
      ${intent
        ? html`<button class="chip agent" @click=${() => this.#show(intent.said_seq)}>
            ${intent.name} <span class="num">${Math.round(intent.confidence * 100)} %</span>
          </button>`
        : nothing}
      ${transfers ? html`<span class="chip warn">${strings.passedOn(transfers)}</span>` : nothing}
    </p>`;
  }

  /** Something the agent did, as a line. @param {import('./protocol.js').Card['actions'][number]} action */
  #done = ({ tool, is_ok: isOk, summary, seq }) => ({
    // What the customer was told stands above; here it is enough to say what was done.
    text: !summary || this.card.facts.some((fact) => fact.text === summary) ? plain(tool) : summary,
    seq,
    mark: isOk
      ? html`<span class="good">${icon('check', 14)}</span>`
      : html`<span class="bad">${icon('close', 14)}</span>`,
  });

  /** @param {number} seq */
  #show(seq) {
    this.dispatchEvent(new CustomEvent('show-turn', { detail: seq, bubbles: true, composed: true }));
  }

  #summary() {
    const { issue, tried, needed, customer_note: note, agent_summary: summary } = this.card;
    const rows = [
      [strings.issue, issue],
      [strings.tried, tried],
      [strings.needed, needed],
    ].filter(([, text]) => text);
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
            <dt>${strings.customerAdded}</dt>
            <dd dir="auto">${note}</dd>
          </div>`
        : nothing}
      ${summary
        ? html`<div class="model">
            <dt>${icon('agent', 12)} ${strings.modelSummary}</dt>
            <dd dir="auto">${summary}</dd>
          </div>`
        : nothing}
    </dl>`;
  }

  #identity() {
    const { identity } = this.card;
    const tone = ['warn', 'accent', 'good'][identity.assurance] ?? 'warn';
    const how = [
      identity.method && strings.checkedBy(identity.method),
      identity.failed_checks && strings.failedChecks(identity.failed_checks),
    ]
      .filter(Boolean)
      .join(', ');
    return html`<section>
      <h3>${strings.identity}</h3>
      <p class="row">
        <span class=${tone}>${icon(identity.assurance === 2 ? 'shield' : 'person', 16)}</span>
        <span class="grow"
          ><b>${identity.name ?? strings.unknownCustomer}</b>
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
      <h3>${strings.collected}</h3>
      <ul class="attributes">
        ${attributes.map((attribute) => this.#attribute(attribute))} ${open.map(openAttribute)}
      </ul>
    </section>`;
  }

  /** @param {import('./protocol.js').Card['attributes'][number]} attribute */
  #attribute({ label, value, said_seq: seq, is_verified: isVerified }) {
    return html`<li>
      <button class="row" @click=${() => this.#show(seq)} title=${strings.showWhere}>
        <span class="good">${icon('check', 15)}</span><span class="label">${cap(label)}</span
        ><span class="value grow" dir="auto">${date(value)}</span> ${isVerified
          ? html`<span class="chip good">${strings.inRecord}</span>`
          : nothing}
      </button>
    </li>`;
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
          <h3>${strings.wish}</h3>
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
          <h3>${icon('agent', 13)} ${strings.step}</h3>
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
      strings.withAgent(withAgent),
      strings.handedOver(clock(card.requested_at)),
      card.has_ai_notice ? strings.toldAi : strings.notToldAi,
      card.has_recording_consent && strings.recordingAgreed,
      card.cases.length && strings.cases(card.cases),
      card.leads.length && strings.leads(card.leads),
    ];
    return html`<p class="meta">
      ${moodFace(card.mood.level, card.mood.trend, 16)}
      <span>${moodWord(card.mood.level)}, ${trendWord(card.mood.trend)} · ${parts.filter(Boolean).join(' · ')}</span>
    </p>`;
  }
}

/** What the agent has still to ask. @param {import('./protocol.js').Card['open_attributes'][number]} attribute */
const openAttribute = ({ label, prompt, is_mandatory: isMandatory }) =>
  html`<li class="row open" title=${prompt}>
    <span class="faint">${icon('circle', 15)}</span
    ><span class="grow"
      ><span>${cap(label)}${isMandatory ? html` <span class="chip warn">${strings.mandatory}</span>` : nothing}</span>
      <span class="prompt" dir="auto">${prompt}</span></span
    >
  </li>`;

/** @param {string} text */
const cap = (text) => text.charAt(0).toUpperCase() + text.slice(1);

customElements.define('sb-handover-card', HandoverCard);
