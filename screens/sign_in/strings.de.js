// @ts-check
// What the doors say, in German. Whoever comes in is addressed as "Sie".

/** @type {import('./strings.js').Strings} */
export const de = {
  email: 'E-Mail',
  password: 'Passwort',
  signIn: {
    pageTitle: 'Anmelden · Switchboard',
    claim: 'Die KI antwortet. Ein Mensch übernimmt, und niemand muss sich wiederholen.',
    title: 'Anmelden',
    lead: 'Für Mitarbeiter und Teamleitung.',
    submit: 'Anmelden',
    busy: 'Anmeldung läuft',
    demo: 'Demo-Zugänge',
    demoLead: 'Dies ist die Demo. Wählen Sie, wer Sie sein möchten:',
  },
  setup: {
    pageTitle: 'Willkommen · Switchboard',
    claim: 'Eingesteckt. Ein Konto, und die Leitungen sind offen.',
    title: 'Willkommen bei Switchboard',
    lead: 'Hier ist noch nichts. Legen Sie das erste Konto der Teamleitung an; es kann alle anderen hinzufügen.',
    name: 'Ihr Name',
    rule: 'Mindestens 10 Zeichen. Ein ganzer Satz eignet sich gut.',
    submit: 'Konto anlegen',
    ready: 'Ihr Konto ist bereit',
    readyLead: 'Drei Schritte bis zum ersten Kunden.',
    load: 'Laden, was die KI weiß',
    loadHow: (folder, command) => [
      'Anliegen, Artikel, Warteschlangen und Kunden liegen in einem Ordner einfacher Dateien. Beginnen Sie mit einer ' +
        'Kopie von ',
      folder,
      ' und rufen Sie dann ',
      command,
      ' auf.',
    ],
    operators: 'Mitarbeiter hinzufügen',
    operatorsHow:
      'Auf der Seite der Teamleitung unter „People“: Name, Warteschlangen, Fähigkeiten und wie viele Gespräche jeder ' +
      'zugleich führen kann.',
    embed: 'Den Chat auf Ihre Website bringen',
    embedHow: 'Eine Zeile vor dem Ende der Seite:',
    toSupervisor: 'Zur Seite der Teamleitung',
  },
};
