// @ts-check
// What the waterfall of a call's answers says, in German.

/** @type {import('./waterfall-strings.js').Strings} */
export const de = {
  steps: {
    decided: { name: 'Ende erkannt', why: 'warten, bis sicher ist, dass der Kunde fertig ist' },
    transcript: { name: 'Mitschrift', why: 'aus dem Ton Worte machen' },
    decision: { name: 'Entscheidung', why: 'entscheiden, was zu antworten ist, und es speichern' },
    first_audio: { name: 'Erster Ton', why: 'die ersten Worte hörbar machen' },
    played: { name: 'Gehört', why: 'der Weg zum Ohr des Kunden' },
  },
  nothing: 'Noch keine Antwort dieses Anrufs wurde gemessen.',
  title: 'Wie lange die Antworten gedauert haben',
  median: 'Median',
  percentile: '95. Perzentil',
  percentileMeans: '95 von 100 Antworten kamen früher',
  answers: 'Antworten',
  asBars: 'Als Balken',
  asTable: 'Als Tabelle',
  what: 'Vom letzten Ton des Kunden bis zum ersten, den er gehört hat.',
  notReported: (step) => `${step}: nicht gemeldet`,
  said: 'Der Kunde hat gesagt',
  tableWhat:
    'Millisekunden nach dem letzten Ton des Kunden. Eine negative Zahl war fertig, bevor der Kunde zu Ende war.',
  turn: (seq) => `Beitrag ${seq}`,
};
