// @ts-check
// <sb-serving>: what is done about an intent: who or what serves it, in which group and queue.

import { LitElement, css, html, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { plain } from '../../kit/words.js';
import { strings as shared } from '../strings.js';
import { strings } from './editor-strings.js';
import { sectionStyles } from './section-styles.js';

/** @typedef {import('./api.js').Draft} Draft */

/** @type {{kind: Draft['solution']['kind'], sign: import('../../kit/icons.js').IconName}[]} */
const kinds = [
  { kind: 'article', sign: 'book' },
  { kind: 'tool', sign: 'tool' },
  { kind: 'queue', sign: 'people' },
];

/** Fires `edited` (detail: the changed fields of the draft). */
export class ServingEditor extends LitElement {
  static properties = {
    draft: { attribute: false },
    library: { attribute: false },
    suggested: { attribute: false },
    canEdit: { type: Boolean },
  };
  static styles = [
    base,
    buttons,
    fields,
    parts,
    sectionStyles,
    css`
      .kinds {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }
      .kinds .button[aria-pressed='true'] {
        border-color: var(--accent);
        background: var(--accent-soft);
        color: var(--accent-strong);
      }
      .pairs {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(190px, 1fr));
        gap: 12px;
      }
      .suggested {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px;
        color: var(--ink-faint);
        font-size: var(--text-s);
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Draft} */ this.draft;
    /** @type {import('./api.js').Library | null} */ this.library = null;
    /** @type {{id: string, title: string, section: string}[]} */ this.suggested = [];
    this.canEdit = false;
  }

  /** @param {Partial<Draft>} fields */
  #keep(fields) {
    this.draft = { ...this.draft, ...fields };
    this.dispatchEvent(new CustomEvent('edited', { detail: fields, bubbles: true, composed: true }));
  }

  /** What a kind may point at. @param {string} kind @returns {{id: string, name: string}[]} */
  #targets(kind) {
    const { library } = this;
    if (!library) return [];
    if (kind === 'tool') return library.tools.map((id) => ({ id, name: plain(id) }));
    return kind === 'article' ? library.articles.map(({ id, title }) => ({ id, name: title })) : library.queues;
  }

  /** @param {string} kind */
  #chooseKind(kind) {
    const fitting = kind === 'queue' ? this.draft.queue : kind === 'article' ? this.suggested?.[0]?.id : undefined;
    const target = fitting ?? this.#targets(kind)[0]?.id;
    if (target) this.#keep({ solution: { kind: /** @type {any} */ (kind), target } });
  }

  render() {
    return html`<header><h3>${strings.serving}</h3></header>
      <div class="kinds" role="group" aria-label=${strings.whoAnswers}>${kinds.map((kind) => this.#kind(kind))}</div>
      ${this.#nearArticles()}
      <div class="pairs">
        ${this.#target()} ${this.#support()} ${this.#group()} ${this.#queue()} ${this.#line()} ${this.#skills()}
      </div>`;
  }

  /** @param {(typeof kinds)[number]} kind */
  #kind({ kind, sign }) {
    return html`<button
      class="button"
      aria-pressed=${kind === this.draft.solution.kind}
      ?disabled=${!this.canEdit || !this.#targets(kind).length}
      data-testid="kind-${kind}"
      @click=${() => this.#chooseKind(kind)}
    >
      ${icon(sign, 16)} ${strings.kinds[kind]}
    </button>`;
  }

  #nearArticles() {
    const { solution } = this.draft;
    const suggested = this.canEdit
      ? (this.suggested ?? []).filter(({ id }) => solution.kind !== 'article' || id !== solution.target)
      : [];
    if (!suggested.length) return nothing;
    return html`<p class="suggested">
      ${strings.nearArticles}
      ${suggested
        .slice(0, 3)
        .map(
          ({ id, title, section }) =>
            html`<button
              class="button small"
              title=${section}
              @click=${() => this.#keep({ solution: { kind: 'article', target: id } })}
            >
              ${title}
            </button>`,
        )}
    </p>`;
  }

  #target() {
    const { solution } = this.draft;
    return this.#select(
      strings.target[solution.kind],
      'target',
      this.#targets(solution.kind),
      solution.target,
      (target) => ({ solution: { ...solution, target } }),
    );
  }

  #support() {
    const choices = [
      { id: 'self_service', name: strings.servesAlone },
      { id: 'assist_only', name: strings.collects },
    ];
    return this.#select(strings.theAgent, 'support', choices, this.draft.support, (support) => ({
      support: /** @type {any} */ (support),
    }));
  }

  #group() {
    const { group: chosen } = this.draft;
    const choices = [...(chosen ? [] : [{ id: '', name: strings.noGroup }]), ...(this.library?.groups ?? [])];
    return this.#select(strings.group, 'group', choices, chosen ?? '', (group) => ({ group: group || null }));
  }

  #queue() {
    const choices = this.library?.queues ?? [];
    return this.#select(strings.queue, 'queue', choices, this.draft.queue, (queue) => ({ queue }));
  }

  #line() {
    const choices = (this.library?.lines_of_business ?? []).map((id) => ({ id, name: id }));
    const chosen = this.draft.line_of_business;
    return this.#select(shared.lineOfBusiness, 'line_of_business', choices, chosen, (line) => ({
      line_of_business: line,
    }));
  }

  #skills() {
    const changed = (/** @type {Event} */ event) =>
      this.#keep({
        skills: /** @type {HTMLInputElement} */ (event.target).value
          .split(',')
          .map((one) => one.trim())
          .filter(Boolean),
      });
    return html`<div class="field">
      <label for="skills">${strings.skills}</label
      ><input
        class="input"
        id="skills"
        list="known-skills"
        placeholder=${strings.noSkills}
        .value=${this.draft.skills.join(', ')}
        ?readonly=${!this.canEdit}
        @change=${changed}
      />
      <datalist id="known-skills">
        ${(this.library?.skills ?? []).map((skill) => html`<option value=${skill}></option>`)}
      </datalist>
    </div>`;
  }

  /**
   * @param {string} label
   * @param {string} id
   * @param {{id: string, name: string}[]} choices
   * @param {string} chosen
   * @param {(id: string) => Partial<Draft>} fields
   */
  #select(label, id, choices, chosen, fields) {
    const known = choices.some((choice) => choice.id === chosen) ? choices : [...choices, { id: chosen, name: chosen }];
    return html`<div class="field">
      <label for=${id}>${label}</label
      ><select
        class="input"
        id=${id}
        data-testid="serve-${id}"
        ?disabled=${!this.canEdit}
        @change=${(/** @type {Event} */ event) =>
          this.#keep(fields(/** @type {HTMLSelectElement} */ (event.target).value))}
      >
        ${known.map(
          (choice) => html`<option value=${choice.id} .selected=${choice.id === chosen}>${choice.name}</option>`,
        )}
      </select>
    </div>`;
  }
}

customElements.define('sb-serving', ServingEditor);
