// @ts-check
// What the desk asks before something that cannot be taken back, in German.

/** @type {import('./strings.js').Strings} */
export const de = {
  theCustomer: 'diese Person',
  cancel: 'Abbrechen',
  handBack: {
    heading: 'An die KI zurückgeben',
    body: (agent, customer) =>
      `${agent} übernimmt das Gespräch wieder (${customer}). Schreiben Sie, was sich geändert hat, damit es von dort ` +
      'weitergeht.',
    note: 'Was sich geändert hat',
    example: 'Der Installateur kommt jetzt heute um 18:00 Uhr',
    confirm: 'Zurückgeben',
  },
  transfer: {
    heading: 'Weiterleiten',
    to: 'An wen',
    note: 'Notiz für den nächsten Mitarbeiter',
    example: 'Was man wissen sollte',
    confirm: 'Weiterleiten',
    queue: (waiting, onDuty) => `${waiting} wartend · ${onDuty} im Dienst`,
    closed: 'geschlossen',
    nobody: 'Im Moment ist niemand aus dem Team da.',
    full: 'ausgelastet',
  },
  consult: {
    heading: 'Rückfrage',
    body: (customer) =>
      `${customer} wird gehalten, während Sie zu zweit sprechen. Danach können Sie zusammenschalten, übergeben ` +
      'oder zurückkehren.',
    to: 'Mitarbeiter',
    note: 'Worum es geht',
    example: 'Sturmschaden, Deckung unklar',
    confirm: 'Anfragen',
  },
  release: {
    heading: 'Zurück in die Warteschlange?',
    body: (customer) =>
      `${customer} behält den alten Platz und wird dem nächsten freien Mitarbeiter angeboten. Das Gespräch bleibt ` +
      'offen.',
    confirm: 'In die Warteschlange',
  },
  end: {
    heading: 'Gespräch beenden?',
    body: (customer) =>
      `Für ${customer} ist es sofort beendet und lässt sich nicht wieder öffnen. Sie schließen danach die ` +
      'Nachbearbeitung ab.',
    confirm: 'Gespräch beenden',
  },
  callback: {
    heading: 'Rückruf erledigt',
    note: 'Wie ist es gelaufen?',
    example: 'Erreicht; Erstattung bestätigt',
    confirm: 'Erledigt',
  },
  shortcuts: 'Tastenkürzel',
};
