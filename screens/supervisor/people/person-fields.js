// @ts-check
// The fields of a person, for adding and for changing one.

import { html } from '../../kit/vendor/lit.js';
import { strings } from './strings.js';

/** @param {string} [role] */
export const roleField = (role = 'operator') =>
  html`<div class="field">
    <label for="role">${strings.role}</label
    ><select class="input" id="role" name="role" data-testid="person-role">
      ${Object.entries(strings.roles).map(
        ([value, name]) => html`<option value=${value} ?selected=${value === role}>${name}</option>`,
      )}
    </select>
  </div>`;

/** @param {number} [capacity] */
export const capacityField = (capacity = 3) =>
  html`<div class="field">
    <label for="capacity">${strings.capacity}</label
    ><input
      class="input"
      id="capacity"
      name="capacity"
      type="number"
      min="1"
      max="20"
      .value=${String(capacity)}
      required
      data-testid="person-capacity"
    />
  </div>`;

/** @param {import('../../kit/protocol.js').Queue[]} queues @param {string[]} [chosen] */
export const queuesField = (queues, chosen = []) =>
  html`<div class="field">
    <span class="label" id="queues">${strings.queues}</span>
    <div class="checks" role="group" aria-labelledby="queues">
      ${queues.map(
        ({ queue_id: id, name }) =>
          html`<label
            ><input type="checkbox" name="queues" value=${id} ?checked=${chosen.includes(id)} /> ${name}</label
          >`,
      )}
    </div>
  </div>`;

/** @param {Record<string, number>} [skills] */
export const skillsField = (skills = {}) =>
  html`<div class="field">
    <label for="skills">${strings.skills}</label
    ><input
      class="input"
      id="skills"
      name="skills"
      placeholder=${strings.skillsHint}
      .value=${Object.entries(skills)
        .map(([skill, level]) => `${skill} ${level}`)
        .join(', ')}
    />
  </div>`;

/** @param {string[]} [codes] */
export const languagesField = (codes = []) =>
  html`<div class="field">
    <label for="languages">${strings.languages}</label
    ><input
      class="input"
      id="languages"
      name="languages"
      placeholder=${strings.languagesHint}
      pattern="\\s*([a-zA-Z]{2,3}([\\s,]+|$))*"
      .value=${codes.join(', ')}
      data-testid="person-languages"
    />
  </div>`;

/** What the fields say. @param {FormData} data */
export const valuesOf = (data) => ({
  name: String(data.get('name')).trim(),
  role: data.get('role'),
  capacity: Number(data.get('capacity')),
  queues: data.getAll('queues').map(String),
  skills: skillsOf(String(data.get('skills'))),
  languages: codesOf(String(data.get('languages'))),
});

/** "claims 4, billing 2" -> {claims: 4, billing: 2}; a skill without a level counts as 3. @param {string} text */
function skillsOf(text) {
  const found = text
    .split(',')
    .map((part) => /^\s*([\p{L}_ -]+?)\s*(\d*)\s*$/u.exec(part))
    .filter((match) => match !== null);
  return Object.fromEntries(
    found.map(([, name, level]) => [name.toLowerCase().replaceAll(/[ -]+/g, '_'), Number(level || 3)]),
  );
}

/**
 * "en, pl" as codes.
 * @param {string} text
 */
function codesOf(text) {
  return text
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((code) => code !== '');
}
