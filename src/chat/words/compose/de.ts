import type { ComposeWords } from './en.ts'

/** Mails that colleagues write themselves, in German. */
export const composeDe: ComposeWords = {
  help: 'einem Debitor eine E-Mail schreiben oder antworten',
  helpMove: 'eine Unterhaltung mit allen E-Mails einem anderen Debitor zuordnen',
  write: 'Neue E-Mail',
  reply: 'Antworten',
  title: (name: string) => `E-Mail · ${name}`,
  from: (address: string) => `Absender ist ${address}`,
  conversation: 'Unterhaltung',
  newConversation: 'Neue Unterhaltung',
  template: 'Beginnen mit',
  templates: {
    free: 'nur Anrede und Gruß',
    statement: 'Aufstellung offener Posten',
    payment_proof_request: 'um Zahlungsbeleg bitten',
    promise_date_request: 'um Zahlungstermin bitten',
    invoice_number_request: 'um Rechnungsnummern bitten',
    question_received: 'Frage erhalten, Antwort folgt',
  },
  language: 'Sprache',
  text: 'Text',
  apply: 'Text neu ausfüllen',
  send: 'Senden',
  notSent: 'Nicht gesendet',
  noMailbox: 'Für diesen Debitor ist noch kein Postfach bekannt. Antworten Sie auf eine seiner E-Mails, oder fragen Sie einen Administrator.',
  noRecipient: 'Diesem Debitor kann nicht geschrieben werden: Es gibt keinen geprüften Kontakt mit gültiger Adresse.',
  waits:
    'Zu dieser Unterhaltung wartet ein Vorschlag. Er schließt sich mit allem, was er vorschlägt, sobald Ihre E-Mail hinausgeht: Genehmigen Sie vorher, was bleiben soll.',
  copies: 'Rechnungskopien (Nummern)',
  move: 'Unterhaltung verschieben',
  moveTitle: 'Welche Unterhaltung gehört woandershin?',
  moveTo: (subject: string) => `„${subject}“ verschieben`,
  moveHint: 'Alle E-Mails ziehen mit. Was entschieden ist, bleibt.',
  away: 'Gehört zu keinem Debitor',
  moved: (name: string) => `Verschoben zu ${name}.`,
  stays: (count: string, name: string) =>
    `Was zu diesen E-Mails entschieden wurde (${count}), steht weiter bei ${name}, mit Zusagen, Reklamationen und Sperren: Prüfen Sie es dort.`,
  unlinked: 'Die Unterhaltung gehört jetzt zu keinem Debitor.',
  already: 'Sie ist schon dort.',
  undecided: 'Zu dieser Unterhaltung wartet noch ein Vorschlag: Entscheiden Sie zuerst darüber.',
  none: 'Keine Unterhaltung in Sicht.',
}
