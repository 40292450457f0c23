// @ts-check
// Every sentence of strings.js in German. Whoever reads is addressed as "Sie".

/** @type {import('./strings.js').Strings} */
export const de = {
  visitor: 'Besucher',
  close: 'Schließen',
  dismiss: 'Ausblenden',
  language: (name) => `Sprache: ${name}`,
  theme: { system: 'Farben: wie das System', light: 'Farben: hell', dark: 'Farben: dunkel' },
  time: {
    today: 'Heute',
    now: 'jetzt',
    minutes: (count) => `${count} Min.`,
    hours: (count) => `${count} Std.`,
    days: (count) => `${count} T.`,
    underAMinute: 'weniger als eine Minute',
    aboutMinutes: (count) => (count === 1 ? 'etwa eine Minute' : `etwa ${count} Minuten`),
    aboutHours: (count) => (count === 1 ? 'etwa eine Stunde' : `etwa ${count} Stunden`),
  },
  browser: 'Browser',
  browserOn: (browser, system) => `${browser} auf ${system}`,
  http: {
    unreachable: 'Der Server ist nicht erreichbar. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.',
    input: 'Eingabe',
    signedOut: 'Sie sind abgemeldet. Melden Sie sich wieder an.',
    notAllowed: 'Ihre Rolle erlaubt das nicht.',
    tooManyTries: 'Zu viele Versuche. Warten Sie einen Moment und versuchen Sie es noch einmal.',
    failed: 'Auf dem Server ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal.',
  },
  noConnection: 'Keine Verbindung. Nichts wurde geändert; versuchen Sie es wieder, sobald Sie verbunden sind.',
  noAnswer: 'Der Server antwortet nicht.',
  refusals: {
    too_long: 'Die Nachricht ist zu lang. Bitte kürzen Sie sie.',
    too_large: 'Diese Nachricht ist zu groß, um gelesen zu werden.',
    too_fast: 'Sie senden schneller, als wir lesen können. Warten Sie einen Moment und senden Sie es noch einmal.',
    conversation_closed: 'Dieses Gespräch ist beendet.',
    conflict: 'Das Gespräch ist inzwischen weiter; bitte sehen Sie noch einmal hin.',
    unavailable: 'Das konnte nicht gespeichert werden; bitte versuchen Sie es noch einmal.',
  },
  knowledge: {
    search: 'Artikel durchsuchen',
    nothing: 'Kein freigegebener Artikel passt. Versuchen Sie andere Wörter.',
    insert: 'Einfügen',
  },
  record: {
    cases: 'Vorgänge und Schäden',
    policies: 'Verträge',
    policy: 'Vertrag',
    leads: 'Anträge und Interessenten',
    lead: 'Interessent',
    score: (score, grade) => `Bewertung ${score}${grade ? ` (${grade})` : ''}`,
    internal: 'intern',
    yes: 'Ja',
    no: 'Nein',
  },
};
