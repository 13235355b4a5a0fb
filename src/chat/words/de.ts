import { actionDe } from './action/de.ts'
import { alertsDe } from './alerts/de.ts'
import { assistantDe } from './assistant/de.ts'
import { autonomyDe } from './autonomy/de.ts'
import { awayDe } from './away/de.ts'
import { bulkDe } from './bulk/de.ts'
import { buttonDe } from './button/de.ts'
import { byMailDe } from './by-mail/de.ts'
import { callsDe } from './calls/de.ts'
import { cardDe } from './card/de.ts'
import { composeDe } from './compose/de.ts'
import { creditDe } from './credit/de.ts'
import { creditViewDe } from './credit-view/de.ts'
import { dailyDe } from './daily/de.ts'
import { debtorDe } from './debtor/de.ts'
import { disputesDe } from './disputes/de.ts'
import { dunningDe } from './dunning/de.ts'
import { entriesDe } from './entries/de.ts'
import { filedDe } from './filed/de.ts'
import { formDe } from './form/de.ts'
import { groupsDe } from './groups/de.ts'
import { homeDe } from './home/de.ts'
import type { Words } from './index.ts'
import { insuranceDe } from './insurance/de.ts'
import { matrixDe } from './matrix/de.ts'
import { notesDe } from './notes/de.ts'
import { pageDe } from './page/de.ts'
import { partiesDe } from './parties/de.ts'
import { payLinksDe } from './pay-links/de.ts'
import { paymentProblemsDe } from './payment-problems/de.ts'
import { paymentsDe } from './payments/de.ts'
import { peopleDe } from './people/de.ts'
import { plansDe } from './plans/de.ts'
import { platformsDe } from './platforms/de.ts'
import { problemsDe } from './problems/de.ts'
import { reassignDe } from './reassign/de.ts'
import { remindersDe } from './reminders/de.ts'
import { reportDe } from './report/de.ts'
import { reportsDe } from './reports/de.ts'
import { resultsDe } from './results/de.ts'
import { riskDe } from './risk/de.ts'
import { searchDe } from './search/de.ts'
import { segmentsDe } from './segments/de.ts'
import { stateDe } from './state/de.ts'
import { suspicionDe } from './suspicion/de.ts'
import { tasksDe } from './tasks/de.ts'
import { whyDe } from './why/de.ts'
import { workflowsDe } from './workflows/de.ts'

/** What Duncan says to colleagues, in German. */
export const de: Words = {
  status: {
    open: 'Entscheidung nötig',
    needs_person: 'Bitte prüfen',
    awaiting_second: 'Zweite Stimme nötig',
    approved: 'Freigegeben',
    filed: 'Abgelegt',
    rejected: 'Abgelehnt',
    snoozed: 'Zurückgestellt',
    superseded: 'Überholt',
    expired: 'Abgelaufen',
    quarantine: 'In Quarantäne',
  },
  action: actionDe,
  verb: {
    send_reply: 'Antwort senden',
    send_invoice_copies: 'Rechnungskopien senden',
    register_promise: 'Zusage erfassen',
    agree_payment_plan: 'Ratenplan vereinbaren',
    place_hold: 'Mahnstopp',
    open_dispute: 'Reklamation eröffnen',
    mark_payment_claimed: 'gemeldete Zahlung vermerken',
    mark_address_bounced: 'Adresse stoppen',
    register_absence: 'Abwesenheit vermerken',
    update_contact: 'Kontakt aktualisieren',
    register_po_number: 'Bestellnummer erfassen',
    create_task: 'Aufgabe anlegen',
  },
  actionStatus: {
    pending: '',
    scheduled: time => `geht um ${time} raus`,
    claimed: 'in Arbeit…',
    done: 'erledigt',
    failed: problem => `fehlgeschlagen: ${problem}`,
    unknown: 'nicht bekannt, ob es raus ist',
    skipped: 'ausgelassen',
    undone: 'rückgängig gemacht',
    protective: 'sofort erledigt, zum Schutz',
  },
  disputeReason: {
    price: 'Preis',
    quantity: 'Menge',
    quality: 'Qualität',
    not_ordered: 'nicht bestellt',
    not_delivered: 'nicht geliefert',
    wrong_po: 'falsche Bestellnummer',
    duplicate: 'doppelt',
    credit_note_expected: 'Gutschrift erwartet',
    other: 'anderes',
  },
  needsPerson: {
    unlinked: 'Kein Debitor passt zu dieser Mail. Ordnen Sie sie ihrem Debitor zu, oder legen Sie sie ab.',
    ambiguous: 'Diese Mail kann von mehreren Debitoren sein. Wählen Sie den richtigen.',
    unreadable: 'Diese Mail war nicht ganz zu lesen. Sehen Sie das Original an.',
    unclear: 'Was diese Mail möchte, ist nicht klar genug. Schreiben Sie die Antwort, oder legen Sie sie ab.',
    quarantine: 'Dieser Mail ist nicht zu trauen. Es wird nichts beantwortet.',
  },
  warning: {
    stale_ledger: _detail => 'Die Buchhaltungsdaten sind zu alt für Beträge: sie fehlen in der Antwort.',
    copies_missing: detail => `Keine PDF gefunden für: ${detail}`,
    unknown_invoices: detail => `Keine offene Rechnung dieses Debitors: ${detail}`,
    no_recipient: _detail => 'Es gibt niemanden zum Antworten: der Absender ist kein Kontakt und schrieb in keinem Gespräch mit uns.',
    reply_waiting: () =>
      'Eine freigegebene Antwort in dieser Unterhaltung ist noch nicht gesendet. Machen Sie sie auf ihrer eigenen Karte rückgängig, falls diese Mail etwas daran ändert.',
    mail_held: () => 'Duncan wurde aus einer Sicherung wiederhergestellt: dies geht hinaus, sobald die Postfächer gezeigt haben, was seitdem gesendet wurde.',
    unverified_recipient: detail => `Kein bestätigter Kontakt dieses Debitors: ${detail}`,
    reply_to_ignored: detail => `Die Mail will die Antwort anderswohin; diese Adresse wird ignoriert: ${detail}`,
    engines_disagree: detail => `Die Leser sind hier uneins: ${detail}`,
  },
  quarantine: {
    injection: 'Sie versucht, einer Maschine Befehle zu geben',
    bank_change: 'Es geht um eine Änderung der Bankverbindung',
    look_alike: 'Die Absenderadresse sieht wie eine bekannte aus, ist es aber nicht',
    hidden_text: 'Sie enthält Text, den ein Leser nicht sieht',
    sender_unverified: 'Der Absender konnte nicht bestätigt werden',
  },
  linkReason: {
    sender: 'Absenderadresse',
    contact_domain: 'Maildomain eines Kontakts',
    invoice_number: 'Rechnungsnummer',
    payment_reference: 'Zahlungsreferenz',
    company_number: 'Unternehmensnummer',
    name: 'Name',
    thread: 'frühere Mail',
    staff: 'von Kollegen zugeordnet',
  },
  card: cardDe,
  decision: {
    approvedBy: (name, time, edited) => `Freigegeben von ${name}, ${time}${edited ? ', bearbeitet' : ''}`,
    filedBy: (name, time) => `Abgelegt von ${name}, ${time}`,
    rejectedBy: (name, time) => `Abgelehnt von ${name}, ${time}`,
    rejectedBecause: reason => `Grund: ${reason}`,
    snoozedBy: (name, until) => `Von ${name} zurückgestellt bis ${until}`,
    supersededByMail: 'Von Kollegen aus dem Postfach beantwortet',
    supersededByProposal: 'Eine neuere Mail hat übernommen',
    firstVoteBy: (name, time) => `Erste Stimme von ${name}, ${time}. Eine zweite Person muss freigeben.`,
    firstVoteWas: (name, time) => `Erste Stimme von ${name}, ${time}`,
    undoneBy: (name, time) => `Rückgängig gemacht von ${name}, ${time}`,
    duncan: 'Duncan',
  },
  button: buttonDe,
  reminder: {
    title: 'Noch zu entscheiden',
    since: (time: string) => `Das wartet seit ${time} auf eine Entscheidung.`,
  },
  confirm: {
    sendAgainTitle: 'Nochmals senden?',
    sendAgainText: to => `Falls die erste Mail doch ankam, erhält ${to} sie zweimal. Es ist dieselbe Mail mit derselben Message-ID.`,
    didNotTitle: 'Wirklich nicht gesendet?',
    didNotText: to => `Die Antwort an ${to} gilt dann als nicht gesendet. Nichts wird von selbst noch einmal gesendet.`,
    undoProtectiveTitle: 'Schutz aufheben?',
    undoProtectiveText: 'Das Mahnen kann dann sofort weitergehen.',
    yes: 'Ja',
  },
  form: formDe,
  outcome: {
    already: (status, who, when) => `Schon entschieden: ${status}, von ${who}, ${when}.`,
    stale: 'Diese Karte hat sich geändert, seit Sie sie öffneten. Sehen Sie noch einmal hin und entscheiden Sie dann.',
    notAllowed: 'Dazu haben Sie nicht das Recht. Fragen Sie die Leitung.',
    ownVote: 'Die zweite Stimme muss von jemand anderem kommen.',
    callBackFirst:
      'Für die zweite Stimme gibt es niemand anderen. Rufen Sie den Debitor unter einer hinterlegten Nummer an, halten Sie das Gespräch in einer Notiz beim Debitor fest und stimmen Sie erneut ab, sobald die Wartezeit nach Ihrer ersten Stimme vorbei ist.',
    tooLate: 'Zu spät: es ist schon raus.',
    gone: 'Diese Karte gibt es nicht mehr.',
    invalid: problem => `Das passt nicht: ${problem}`,
    done: 'Erledigt.',
    nothingTicked: 'Nichts ist angekreuzt. Kreuzen Sie mindestens eine Aktion an, oder lehnen Sie ab.',
    dateNotAhead: 'Wählen Sie einen Tag nach heute.',
  },
  byMail: byMailDe,
  ops: {
    area: {
      mailbox: 'Postfach',
      smtp: 'Versand',
      ledger: 'Hauptbuch',
      job: 'Aufgabe',
      import: 'Import',
      credit: 'Auskunftei',
      decisions: 'Entscheidungen per Mail',
      payments: 'Online-Zahlungen',
    },
    title: 'Duncan braucht Aufmerksamkeit',
    resolved: 'Gelöst',
    failing: 'Störung',
    remedy: 'Was zu tun ist',
    since: 'Seit',
    until: 'Gelöst um',
  },
  debtorCard: debtorDe,
  search: searchDe,
  segments: segmentsDe,
  command: {
    pickTitle: query => `Mehrere Debitoren passen zu „${query}“`,
    pickText: count => `${count} gefunden. Welcher?`,
    noneTitle: query => `Nichts passt zu „${query}“`,
    noneText: 'Suchen Sie nach Debitornummer, Rechnungsnummer oder einem Teil des Namens.',
    missingQuery: command => `Sagen Sie, welcher: ${command} <Name, Debitornummer oder Rechnungsnummer>`,
    unknown: command => `Den Befehl ${command} gibt es nicht.`,
    helpTitle: 'Was Sie eingeben können',
    helpDebtor: 'Stand eines Debitors: Saldo, Altersstruktur, Zusagen, Reklamationen, letzte Mails',
    helpInbox: 'die Mails eines Debitors, neueste zuerst',
    helpActions: 'was wartet: Entscheidungen, Anrufe und Aufgaben',
    helpFind: 'Debitoren nach Name, Nummer oder Bedingungen wie overdue:>10000 country:BE -dispute; save as <Name>, saved',
    helpHelp: 'diese Liste',
    inboxTitle: name => `Mails von ${name}`,
    inboxEmpty: 'Noch keine Mails dieses Debitors.',
    actionsTitle: 'Arbeitsliste',
    actionsEmpty: 'Nichts wartet. Alles erledigt.',
    actionsRange: (first, last, total) => `[${first}–${last}] von ${total}`,
    actionsMineEmpty: 'Auf Sie wartet nichts.',
    whyTitle: id => `Warum Vorschlag ${id}`,
    whyFacts: 'Was darin gefunden wurde',
    whyNone: id => `Den Vorschlag ${id} gibt es nicht.`,
    direction: { in: 'ein', out: 'aus' },
  },
  intent: {
    promise_to_pay: 'Zahlungszusage',
    payment_made: 'Zahlung gemeldet',
    invoice_copy_request: 'bittet um Rechnungskopie',
    dispute: 'Reklamation',
    payment_plan_request: 'bittet um Ratenzahlung',
    payment_details_question: 'fragt nach Bankverbindung',
    statement_request: 'bittet um Kontoauszug',
    contact_change: 'Kontaktänderung',
    po_number: 'Bestellnummer',
    insolvency_notice: 'Insolvenz',
    legal_reply: 'Schreiben vom Anwalt',
    out_of_office: 'abwesend',
    bounce: 'unzustellbar',
    acknowledgement: 'Bestätigung',
    other_question: 'andere Frage',
    unrelated: 'ohne Bezug',
  },
  fact: {
    promised_date: 'zugesagtes Datum',
    promised_amount: 'zugesagter Betrag',
    paid_date: 'gezahlt am',
    paid_amount: 'gezahlter Betrag',
    invoice_number: 'Rechnung',
    dispute_reason: 'Grund der Reklamation',
    disputed_amount: 'bestrittener Betrag',
    return_date: 'letzter Tag abwesend',
    stand_in: 'Vertretung',
    contact_email: 'E-Mail',
    contact_phone: 'Telefon',
    contact_name: 'Name',
    contact_address: 'Anschrift',
    po_number: 'Bestellnummer',
    instalment: 'Raten',
    requested_document: 'erbeten',
  },
  payments: paymentsDe,
  paymentProblems: paymentProblemsDe,
  people: peopleDe,
  home: homeDe,
  calls: callsDe,
  daily: dailyDe,
  entries: entriesDe,
  plans: plansDe,
  problems: problemsDe,
  suspicion: suspicionDe,
  disputes: disputesDe,
  dunning: dunningDe,
  filed: filedDe,
  groups: groupsDe,
  risk: riskDe,
  parties: partiesDe,
  compose: composeDe,
  credit: creditDe,
  alerts: alertsDe,
  creditView: creditViewDe,
  matrix: matrixDe,
  insurance: insuranceDe,
  payLinks: payLinksDe,
  workflows: workflowsDe,
  tasks: tasksDe,
  why: whyDe,
  report: reportDe,
  reports: reportsDe,
  results: resultsDe,
  notes: notesDe,
  state: stateDe,
  assistant: assistantDe,
  platforms: platformsDe,
  autonomy: autonomyDe,
  away: awayDe,
  bulk: bulkDe,
  reassign: reassignDe,
  reminders: remindersDe,
  ui: pageDe,
}
