import { actionPl } from './action/pl.ts'
import { alertsPl } from './alerts/pl.ts'
import { assistantPl } from './assistant/pl.ts'
import { autonomyPl } from './autonomy/pl.ts'
import { awayPl } from './away/pl.ts'
import { bulkPl } from './bulk/pl.ts'
import { buttonPl } from './button/pl.ts'
import { byMailPl } from './by-mail/pl.ts'
import { callsPl } from './calls/pl.ts'
import { cardPl } from './card/pl.ts'
import { composePl } from './compose/pl.ts'
import { creditPl } from './credit/pl.ts'
import { creditViewPl } from './credit-view/pl.ts'
import { dailyPl } from './daily/pl.ts'
import { debtorPl } from './debtor/pl.ts'
import { disputesPl } from './disputes/pl.ts'
import { dunningPl } from './dunning/pl.ts'
import { entriesPl } from './entries/pl.ts'
import { filedPl } from './filed/pl.ts'
import { formPl } from './form/pl.ts'
import { groupsPl } from './groups/pl.ts'
import { homePl } from './home/pl.ts'
import type { Words } from './index.ts'
import { insurancePl } from './insurance/pl.ts'
import { matrixPl } from './matrix/pl.ts'
import { notesPl } from './notes/pl.ts'
import { pagePl } from './page/pl.ts'
import { partiesPl } from './parties/pl.ts'
import { payLinksPl } from './pay-links/pl.ts'
import { paymentProblemsPl } from './payment-problems/pl.ts'
import { paymentsPl } from './payments/pl.ts'
import { peoplePl } from './people/pl.ts'
import { plansPl } from './plans/pl.ts'
import { platformsPl } from './platforms/pl.ts'
import { problemsPl } from './problems/pl.ts'
import { reassignPl } from './reassign/pl.ts'
import { remindersPl } from './reminders/pl.ts'
import { reportPl } from './report/pl.ts'
import { reportsPl } from './reports/pl.ts'
import { resultsPl } from './results/pl.ts'
import { riskPl } from './risk/pl.ts'
import { searchPl } from './search/pl.ts'
import { segmentsPl } from './segments/pl.ts'
import { statePl } from './state/pl.ts'
import { suspicionPl } from './suspicion/pl.ts'
import { tasksPl } from './tasks/pl.ts'
import { whyPl } from './why/pl.ts'
import { workflowsPl } from './workflows/pl.ts'

/** What Duncan says to colleagues, in Polish. */
export const pl: Words = {
  status: {
    open: 'Wymaga decyzji',
    needs_person: 'Wymaga człowieka',
    awaiting_second: 'Czeka na drugi głos',
    approved: 'Zatwierdzone',
    filed: 'Załatwione',
    rejected: 'Odrzucone',
    snoozed: 'Odłożone',
    superseded: 'Zastąpione',
    expired: 'Wygasłe',
    quarantine: 'W kwarantannie',
  },
  action: actionPl,
  verb: {
    send_reply: 'wyślij odpowiedź',
    send_invoice_copies: 'wyślij kopie faktur',
    register_promise: 'zapisz obietnicę',
    agree_payment_plan: 'uzgodnij plan ratalny',
    place_hold: 'wstrzymaj windykację',
    open_dispute: 'otwórz spór',
    mark_payment_claimed: 'zapisz zgłoszoną płatność',
    mark_address_bounced: 'zatrzymaj adres',
    register_absence: 'zapisz nieobecność',
    update_contact: 'zmień kontakt',
    register_po_number: 'zapisz numer zamówienia',
    create_task: 'utwórz zadanie',
  },
  actionStatus: {
    pending: '',
    scheduled: time => `wychodzi o ${time}`,
    claimed: 'w toku…',
    done: 'zrobione',
    failed: problem => `nie udało się: ${problem}`,
    unknown: 'nie wiadomo, czy wyszło',
    skipped: 'pominięte',
    undone: 'cofnięte',
    protective: 'zrobione od razu, dla ochrony',
  },
  disputeReason: {
    price: 'cena',
    quantity: 'ilość',
    quality: 'jakość',
    not_ordered: 'nie zamówiono',
    not_delivered: 'nie dostarczono',
    wrong_po: 'zły numer zamówienia',
    duplicate: 'duplikat',
    credit_note_expected: 'oczekiwana korekta',
    other: 'inny',
  },
  needsPerson: {
    unlinked: 'Żaden dłużnik nie pasuje do tej wiadomości. Przypisz ją dłużnikowi albo zamknij.',
    ambiguous: 'Ta wiadomość może być od więcej niż jednego dłużnika. Wybierz właściwego.',
    unreadable: 'Tej wiadomości nie dało się w całości odczytać. Zajrzyj do oryginału.',
    unclear: 'Nie jest dość jasne, o co prosi ta wiadomość. Napisz odpowiedź albo zamknij sprawę.',
    quarantine: 'Tej wiadomości nie można ufać. Nic nie jest wysyłane.',
  },
  warning: {
    stale_ledger: _detail => 'Księgi są zbyt stare na podawanie kwot: w odpowiedzi ich nie ma.',
    copies_missing: detail => `Nie znaleziono PDF dla: ${detail}`,
    unknown_invoices: detail => `To nie jest otwarta faktura tego dłużnika: ${detail}`,
    no_recipient: _detail => 'Nie ma komu odpowiedzieć: nadawca nie jest kontaktem i nie pisał w żadnej z naszych rozmów.',
    reply_waiting: () => 'Zatwierdzona odpowiedź w tej rozmowie jeszcze nie wyszła. Cofnij ją na jej karcie, jeśli ta wiadomość coś zmienia.',
    mail_held: () => 'Duncan został odtworzony z kopii zapasowej: to wyjdzie, gdy skrzynki pokażą, co od tego czasu wysłano.',
    unverified_recipient: detail => `To nie jest potwierdzony kontakt tego dłużnika: ${detail}`,
    reply_to_ignored: detail => `Wiadomość prosi o odpowiedź na inny adres; jest on pomijany: ${detail}`,
    engines_disagree: detail => `Silniki czytają to różnie: ${detail}`,
  },
  quarantine: {
    injection: 'Próbuje wydawać polecenia maszynie',
    bank_change: 'Dotyczy zmiany rachunku bankowego',
    look_alike: 'Adres nadawcy przypomina znany, ale nim nie jest',
    hidden_text: 'Zawiera tekst, którego czytający nie widzi',
    sender_unverified: 'Nie udało się potwierdzić nadawcy',
  },
  linkReason: {
    sender: 'adres nadawcy',
    contact_domain: 'domena kontaktu',
    invoice_number: 'numer faktury',
    payment_reference: 'tytuł płatności',
    company_number: 'numer firmy',
    name: 'nazwa',
    thread: 'wcześniejsza wiadomość',
    staff: 'przypisane przez współpracownika',
  },
  card: cardPl,
  decision: {
    approvedBy: (name, time, edited) => `Zatwierdził(a) ${name}, ${time}${edited ? ', po zmianach' : ''}`,
    filedBy: (name, time) => `Załatwił(a) ${name}, ${time}`,
    rejectedBy: (name, time) => `Odrzucił(a) ${name}, ${time}`,
    rejectedBecause: reason => `Powód: ${reason}`,
    snoozedBy: (name, until) => `${name} odłożył(a) do ${until}`,
    supersededByMail: 'Współpracownik odpowiedział ze skrzynki',
    supersededByProposal: 'Przejęła nowsza wiadomość',
    firstVoteBy: (name, time) => `Pierwszy głos: ${name}, ${time}. Musi zatwierdzić druga osoba.`,
    firstVoteWas: (name, time) => `Pierwszy głos: ${name}, ${time}`,
    undoneBy: (name, time) => `Cofnął(ęła) ${name}, ${time}`,
    duncan: 'Duncan',
  },
  button: buttonPl,
  reminder: {
    title: 'Czeka na decyzję',
    since: (time: string) => `Ta propozycja czeka na decyzję od ${time}.`,
  },
  confirm: {
    sendAgainTitle: 'Wysłać ponownie?',
    sendAgainText: to => `Jeśli pierwsza wiadomość jednak dotarła, ${to} otrzyma ją dwa razy. To ta sama wiadomość z tym samym Message-ID.`,
    didNotTitle: 'Na pewno nie wysłana?',
    didNotText: to => `Odpowiedź do ${to} będzie uznana za niewysłaną. Nic nie jest wysyłane ponownie samo z siebie.`,
    undoProtectiveTitle: 'Zdjąć ochronę?',
    undoProtectiveText: 'Windykacja może wtedy od razu ruszyć dalej.',
    yes: 'Tak',
  },
  form: formPl,
  outcome: {
    already: (status, who, when) => `Już zdecydowano: ${status}, ${who}, ${when}.`,
    stale: 'Ta karta zmieniła się, odkąd ją otwarto. Spójrz jeszcze raz i dopiero zdecyduj.',
    notAllowed: 'Nie masz do tego prawa. Zapytaj kierownika.',
    ownVote: 'Drugi głos musi oddać ktoś inny.',
    callBackFirst:
      'Nikt inny nie może oddać drugiego głosu. Zadzwoń do dłużnika pod zapisany numer, opisz rozmowę w notatce przy dłużniku i zagłosuj ponownie po upływie czasu oczekiwania od pierwszego głosu.',
    tooLate: 'Za późno: to już wyszło.',
    gone: 'Tej karty już nie ma.',
    invalid: problem => `To nie pasuje: ${problem}`,
    done: 'Zrobione.',
    nothingTicked: 'Nic nie zaznaczono. Zaznacz co najmniej jedną czynność albo odrzuć propozycję.',
    dateNotAhead: 'Wybierz dzień po dzisiejszym.',
  },
  byMail: byMailPl,
  ops: {
    area: {
      mailbox: 'Skrzynka',
      smtp: 'Wysyłka',
      ledger: 'Księga',
      job: 'Zadanie',
      import: 'Import danych',
      credit: 'Biuro informacji',
      decisions: 'Decyzje e-mailem',
      payments: 'Płatności online',
    },
    title: 'Duncan prosi o uwagę',
    resolved: 'Rozwiązane',
    failing: 'Awaria',
    remedy: 'Co zrobić',
    since: 'Od',
    until: 'Rozwiązano',
  },
  debtorCard: debtorPl,
  search: searchPl,
  segments: segmentsPl,
  command: {
    pickTitle: query => `Więcej niż jeden dłużnik pasuje do „${query}”`,
    pickText: count => `Znaleziono: ${count}. Który?`,
    noneTitle: query => `Nic nie pasuje do „${query}”`,
    noneText: 'Szukaj po numerze dłużnika, numerze faktury albo części nazwy.',
    missingQuery: command => `Podaj, który: ${command} <nazwa, numer dłużnika albo faktury>`,
    unknown: command => `Nie ma polecenia ${command}.`,
    helpTitle: 'Co można wpisać',
    helpDebtor: 'stan dłużnika: saldo, wiekowanie, obietnice, spory, ostatnie wiadomości',
    helpInbox: 'wiadomości dłużnika, od najnowszej',
    helpActions: 'co czeka: decyzje, telefony i zadania',
    helpFind: 'dłużnicy według nazwy, numeru lub warunków jak overdue:>10000 country:BE -dispute; save as <nazwa>, saved',
    helpHelp: 'ta lista',
    inboxTitle: name => `Wiadomości: ${name}`,
    inboxEmpty: 'Nie ma jeszcze wiadomości tego dłużnika.',
    actionsTitle: 'Lista spraw',
    actionsEmpty: 'Nic nie czeka. Wszystko zrobione.',
    actionsRange: (first, last, total) => `[${first}–${last}] z ${total}`,
    actionsMineEmpty: 'Nic na Ciebie nie czeka.',
    whyTitle: id => `Dlaczego propozycja ${id}`,
    whyFacts: 'Co w niej znaleziono',
    whyNone: id => `Nie ma propozycji ${id}.`,
    direction: { in: 'otrzymana', out: 'wysłana' },
  },
  intent: {
    promise_to_pay: 'obietnica zapłaty',
    payment_made: 'zapłacono',
    invoice_copy_request: 'prosi o kopię faktury',
    dispute: 'spór',
    payment_plan_request: 'prosi o raty',
    payment_details_question: 'pyta o dane do zapłaty',
    statement_request: 'prosi o zestawienie',
    contact_change: 'zmiana kontaktu',
    po_number: 'numer zamówienia',
    insolvency_notice: 'upadłość',
    legal_reply: 'pismo prawnika',
    out_of_office: 'nieobecność',
    bounce: 'niedoręczona',
    acknowledgement: 'potwierdzenie',
    other_question: 'inne pytanie',
    unrelated: 'bez związku',
  },
  fact: {
    promised_date: 'obiecana data',
    promised_amount: 'obiecana kwota',
    paid_date: 'zapłacono dnia',
    paid_amount: 'zapłacona kwota',
    invoice_number: 'faktura',
    dispute_reason: 'powód sporu',
    disputed_amount: 'kwota sporna',
    return_date: 'ostatni dzień nieobecności',
    stand_in: 'zastępstwo',
    contact_email: 'e-mail',
    contact_phone: 'telefon',
    contact_name: 'nazwisko',
    contact_address: 'adres',
    po_number: 'numer zamówienia',
    instalment: 'raty',
    requested_document: 'prośba o',
  },
  payments: paymentsPl,
  paymentProblems: paymentProblemsPl,
  people: peoplePl,
  home: homePl,
  calls: callsPl,
  daily: dailyPl,
  entries: entriesPl,
  plans: plansPl,
  problems: problemsPl,
  suspicion: suspicionPl,
  disputes: disputesPl,
  dunning: dunningPl,
  filed: filedPl,
  groups: groupsPl,
  risk: riskPl,
  parties: partiesPl,
  compose: composePl,
  credit: creditPl,
  alerts: alertsPl,
  creditView: creditViewPl,
  matrix: matrixPl,
  insurance: insurancePl,
  payLinks: payLinksPl,
  workflows: workflowsPl,
  tasks: tasksPl,
  why: whyPl,
  report: reportPl,
  reports: reportsPl,
  results: resultsPl,
  notes: notesPl,
  state: statePl,
  assistant: assistantPl,
  platforms: platformsPl,
  autonomy: autonomyPl,
  away: awayPl,
  bulk: bulkPl,
  reassign: reassignPl,
  reminders: remindersPl,
  ui: pagePl,
}
