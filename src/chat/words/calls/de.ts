import type { CallWords } from './en.ts'

/** Anrufe, die Abläufe verlangen, auf Deutsch. */
export const callsDe: CallWords = {
  line: (debtor: string) => `Anruf · ${debtor}`,
  late: (days: number) => (days === 0 ? 'heute fällig' : days === 1 ? '1 Tag überfällig' : `${days} Tage überfällig`),
  tried: (times: number) => (times === 1 ? 'Einmal angerufen, niemand erreicht.' : `${times}-mal angerufen, niemand erreicht.`),
  why: (step: string, workflow: string, version: string, since: string, days: string) =>
    `Warum jetzt: Schritt „${step}“ des Ablaufs „${workflow}“ (Einstellungen ${version}) ist seit ${since} fällig; der älteste Posten ist ${days} Tage überfällig.`,
  phone: 'Telefon',
  noPhone: 'In der Buchhaltung steht keine Nummer',
  toAsk: 'Zu fordern',
  nothingOpen: 'Von diesem Anruf ist nichts mehr offen. Er verschwindet von selbst von der Liste.',
  reached: 'Erreicht',
  noAnswer: (day: string) => `Niemand erreicht → ${day}`,
  skip: 'Anruf auslassen',
  note: 'Notiz schreiben',
  outcome: 'Was dabei herauskam',
  outcomes: { promise: 'Zahlungszusage', dispute: 'Reklamation', paid: 'Sagt, dass bezahlt wurde', reached: 'Gesprochen, sonst nichts' },
  amount: (currency: string) => `Zugesagter oder strittiger Betrag (${currency}), leer: alles`,
  disputeReason: 'Bei einer Reklamation: worüber',
  said: 'Was gesagt wurde',
  formHint: 'Füllen Sie aus, was zum Ergebnis gehört. Was gesagt wurde, bleibt als Notiz oder bei der Reklamation.',
  skipReasons: {
    in_contact: 'Wir sind schon im Gespräch',
    no_number: 'Keine Nummer zum Anrufen',
    not_useful: 'Ein Anruf hilft hier nicht',
    other: 'Anderer Grund',
  },
  skipHint: 'Der Ablauf geht mit dem nächsten Schritt weiter.',
  amountOfOne: 'Ein Betrag gehört zu einem Debitor: nennen Sie die Rechnungen eines einzigen, oder lassen Sie den Betrag leer.',
  over: 'Dieser Anruf wartet nicht mehr.',
  wasDone: (debtor: string) => `Notiert: ${debtor} wurde angerufen. Der Ablauf geht weiter.`,
  wasMoved: (debtor: string, day: string) => `Bei ${debtor} niemand erreicht: wieder am ${day}.`,
  wasSkipped: (debtor: string) => `Ausgelassen: ${debtor} wird nicht angerufen. Der Ablauf geht weiter.`,
  takeBack: 'Zurücknehmen',
  tooLate: 'Das lässt sich nicht mehr zurücknehmen: der Tag ist vorbei, oder der Ablauf ist weitergegangen.',
  wasTakenBack: (debtor: string) => `Zurückgenommen: ${debtor} ist wieder anzurufen. Was notiert wurde, bleibt.`,
}
