// @ts-check
// What the desk says round its three panes, in German. Whoever works at it is addressed as "Sie".

/** @type {import('./strings.js').Strings} */
export const de = {
  title: 'Arbeitsplatz · Switchboard',
  offline: 'Keine Verbindung. Was Sie sehen, kann alt sein; was Sie schreiben, wird nach dem Verbinden gesendet.',
  noServer: 'Der Server antwortet nicht. Neuer Versuch läuft.',
  asked: 'Rückfrage: Sie werden in einen Anruf gebeten',
  callOffer: (customer) => `Anruf: ${customer}`,
  chatOffer: (customer) => `Angebot: ${customer}`,
  passedOn: (name, note) => `Von ${name}${note ? `: ${note}` : ''}`,
  missed: (customer) => `Sie haben ${customer} verpasst. Das Gespräch wird jemand anderem angeboten.`,
  gone: (customer) => `${customer} wartet nicht mehr.`,
  noticesBlocked: 'Der Browser sperrt Benachrichtigungen für diese Seite; erlauben Sie sie in seinen Einstellungen.',
  bar: {
    home: 'Switchboard, Arbeitsplatz',
    capacity: 'Gespräche, die ich habe, von denen, die ich haben kann',
    load: 'Auslastung',
    presenceSet: (presence, by) => `${presence}, ${by} gesetzt`,
    supervisor: 'Seite der Teamleitung',
    signOut: 'Abmelden',
    queue: (queue) =>
      `${queue.name}: ${queue.waiting} wartend, ${queue.on_duty} im Dienst${queue.is_open ? '' : ', geschlossen'}`,
    waiting: 'wartend',
    longest: 'am längsten',
    connected: 'Verbunden',
    signedOut: 'Abgemeldet',
    reconnecting: 'Verbindet neu',
    sound: 'Ton',
    soundOn: 'Der Ton ist an',
    soundOff: 'Der Ton ist aus',
    notices: 'Benachrichtigungen',
    noticesOn: 'Benachrichtigungen sind an',
    noticesOff: 'Benachrichtigungen sind aus',
    shortcuts: 'Tastenkürzel',
  },
  presence: {
    available: 'Neue Gespräche werden mir angeboten',
    busy: 'Ich beende, was ich habe; nichts Neues',
    away: 'In der Pause',
    offline: 'Für heute fertig',
  },
  context: {
    back: 'Gespräch',
    wrapUp: 'Nachbearbeitung',
    handOver: 'Übergabe',
    notHandedOver: 'Nicht übergeben: die KI führt dieses Gespräch.',
    record: 'Kundendaten',
    noRecord: 'Noch keine Daten: der Kunde ist nicht identifiziert.',
    knowledge: 'Wissen',
    loading: 'Wird geladen',
  },
};
