// @ts-check
// The labels of the hand-over card in German.

/** @type {import('./handover-card-strings.js').Strings} */
export const de = {
  passedOn: (times) => `Schon ${times === 1 ? 'einmal' : `${times}-mal`} weitergeleitet`,
  told: 'Dem Kunden bereits gesagt',
  done: 'Bereits erledigt',
  articles: 'Gezeigte Artikel',
  earlierIntents: 'Frühere Anliegen',
  issue: 'Anliegen',
  tried: 'Versucht',
  needed: 'Nötig',
  customerAdded: 'Vom Kunden ergänzt',
  modelSummary: 'Zusammenfassung eines Sprachmodells',
  identity: 'Identität',
  unknownCustomer: 'Noch nicht identifiziert',
  checkedBy: (method) => `über ${method}`,
  failedChecks: (count) => `${count} ${count === 1 ? 'fehlgeschlagene Prüfung' : 'fehlgeschlagene Prüfungen'}`,
  collected: 'Erfasst',
  showWhere: 'Zeigen, wo es gesagt wurde',
  inRecord: 'wie in der Akte',
  mandatory: 'nötig',
  wish: 'Möchte lieber angerufen werden',
  step: 'Vorgeschlagener nächster Schritt',
  withAgent: (time) => `${time} bei der KI`,
  handedOver: (time) => `übergeben um ${time}`,
  toldAi: 'weiß, dass es eine KI ist',
  notToldAi: 'weiß nicht, dass es eine KI ist',
  recordingAgreed: 'mit Aufzeichnung einverstanden',
  cases: (numbers) => `Vorgänge ${numbers.join(', ')}`,
  leads: (numbers) => `Interessenten ${numbers.join(', ')}`,
};
