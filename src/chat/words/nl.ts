import { actionNl } from './action/nl.ts'
import { alertsNl } from './alerts/nl.ts'
import { assistantNl } from './assistant/nl.ts'
import { autonomyNl } from './autonomy/nl.ts'
import { awayNl } from './away/nl.ts'
import { bulkNl } from './bulk/nl.ts'
import { buttonNl } from './button/nl.ts'
import { byMailNl } from './by-mail/nl.ts'
import { callsNl } from './calls/nl.ts'
import { cardNl } from './card/nl.ts'
import { composeNl } from './compose/nl.ts'
import { creditNl } from './credit/nl.ts'
import { creditViewNl } from './credit-view/nl.ts'
import { dailyNl } from './daily/nl.ts'
import { debtorNl } from './debtor/nl.ts'
import { disputesNl } from './disputes/nl.ts'
import { dunningNl } from './dunning/nl.ts'
import { entriesNl } from './entries/nl.ts'
import { filedNl } from './filed/nl.ts'
import { formNl } from './form/nl.ts'
import { groupsNl } from './groups/nl.ts'
import { homeNl } from './home/nl.ts'
import type { Words } from './index.ts'
import { insuranceNl } from './insurance/nl.ts'
import { matrixNl } from './matrix/nl.ts'
import { notesNl } from './notes/nl.ts'
import { pageNl } from './page/nl.ts'
import { partiesNl } from './parties/nl.ts'
import { payLinksNl } from './pay-links/nl.ts'
import { paymentProblemsNl } from './payment-problems/nl.ts'
import { paymentsNl } from './payments/nl.ts'
import { peopleNl } from './people/nl.ts'
import { plansNl } from './plans/nl.ts'
import { platformsNl } from './platforms/nl.ts'
import { problemsNl } from './problems/nl.ts'
import { reassignNl } from './reassign/nl.ts'
import { remindersNl } from './reminders/nl.ts'
import { reportNl } from './report/nl.ts'
import { reportsNl } from './reports/nl.ts'
import { resultsNl } from './results/nl.ts'
import { riskNl } from './risk/nl.ts'
import { searchNl } from './search/nl.ts'
import { segmentsNl } from './segments/nl.ts'
import { stateNl } from './state/nl.ts'
import { suspicionNl } from './suspicion/nl.ts'
import { tasksNl } from './tasks/nl.ts'
import { whyNl } from './why/nl.ts'
import { workflowsNl } from './workflows/nl.ts'

/** What Duncan says to colleagues, in Dutch. */
export const nl: Words = {
  status: {
    open: 'Vraagt een beslissing',
    needs_person: 'Vraagt een mens',
    awaiting_second: 'Wacht op tweede stem',
    approved: 'Goedgekeurd',
    filed: 'Afgehandeld',
    rejected: 'Afgewezen',
    snoozed: 'Later',
    superseded: 'Achterhaald',
    expired: 'Verlopen',
    quarantine: 'In quarantaine',
  },
  action: actionNl,
  verb: {
    send_reply: 'antwoord sturen',
    send_invoice_copies: 'factuurkopieën sturen',
    register_promise: 'belofte vastleggen',
    agree_payment_plan: 'betalingsregeling afspreken',
    place_hold: 'aanmanen stilleggen',
    open_dispute: 'geschil openen',
    mark_payment_claimed: 'gemelde betaling noteren',
    mark_address_bounced: 'adres stoppen',
    register_absence: 'afwezigheid noteren',
    update_contact: 'contact bijwerken',
    register_po_number: 'inkoopnummer vastleggen',
    create_task: 'taak maken',
  },
  actionStatus: {
    pending: '',
    scheduled: time => `vertrekt om ${time}`,
    claimed: 'bezig…',
    done: 'gedaan',
    failed: problem => `mislukt: ${problem}`,
    unknown: 'niet bekend of het is vertrokken',
    skipped: 'overgeslagen',
    undone: 'teruggedraaid',
    protective: 'meteen gedaan, als bescherming',
  },
  disputeReason: {
    price: 'prijs',
    quantity: 'aantal',
    quality: 'kwaliteit',
    not_ordered: 'niet besteld',
    not_delivered: 'niet geleverd',
    wrong_po: 'verkeerd inkoopnummer',
    duplicate: 'dubbel',
    credit_note_expected: 'creditnota verwacht',
    other: 'anders',
  },
  needsPerson: {
    unlinked: 'Geen debiteur past bij deze mail. Koppel hem aan zijn debiteur, of handel hem af.',
    ambiguous: 'Deze mail kan van meer dan één debiteur zijn. Kies de juiste.',
    unreadable: 'Deze mail was niet helemaal te lezen. Bekijk het origineel.',
    unclear: 'Wat deze mail vraagt is niet duidelijk genoeg om iets te doen. Schrijf het antwoord, of handel hem af.',
    quarantine: 'Deze mail is niet te vertrouwen. Er wordt niets beantwoord.',
  },
  warning: {
    stale_ledger: _detail => 'De boekhouding is te oud voor bedragen: ze staan niet in het antwoord.',
    copies_missing: detail => `Geen PDF gevonden voor: ${detail}`,
    unknown_invoices: detail => `Geen open factuur van deze debiteur: ${detail}`,
    no_recipient: _detail => 'Er is niemand om te antwoorden: de afzender is geen contact en schreef niet in een gesprek met ons.',
    reply_waiting: () =>
      'Een goedgekeurd antwoord in dit gesprek is nog niet vertrokken. Maak het op zijn eigen kaart ongedaan als deze mail de zaak verandert.',
    mail_held: () => 'Duncan is teruggezet uit een back-up: dit vertrekt zodra de mailboxen hebben verteld wat sindsdien is verstuurd.',
    unverified_recipient: detail => `Geen bevestigd contact van deze debiteur: ${detail}`,
    reply_to_ignored: detail => `De mail vraagt om antwoord op een ander adres; dat adres wordt genegeerd: ${detail}`,
    engines_disagree: detail => `De lezers verschillen hierover: ${detail}`,
  },
  quarantine: {
    injection: 'Hij probeert een machine opdrachten te geven',
    bank_change: 'Hij gaat over een wijziging van bankgegevens',
    look_alike: 'Het afzenderadres lijkt op een bekend adres, maar is het niet',
    hidden_text: 'Hij bevat tekst die een lezer niet ziet',
    sender_unverified: 'De afzender kon niet worden bevestigd',
  },
  linkReason: {
    sender: 'afzenderadres',
    contact_domain: 'maildomein van een contact',
    invoice_number: 'factuurnummer',
    payment_reference: 'betalingskenmerk',
    company_number: 'ondernemingsnummer',
    name: 'naam',
    thread: 'eerdere mail',
    staff: 'gekoppeld door een collega',
  },
  card: cardNl,
  decision: {
    approvedBy: (name, time, edited) => `Goedgekeurd door ${name}, ${time}${edited ? ', bewerkt' : ''}`,
    filedBy: (name, time) => `Afgehandeld door ${name}, ${time}`,
    rejectedBy: (name, time) => `Afgewezen door ${name}, ${time}`,
    rejectedBecause: reason => `Reden: ${reason}`,
    snoozedBy: (name, until) => `Door ${name} uitgesteld tot ${until}`,
    supersededByMail: 'Door een collega beantwoord vanuit de mailbox',
    supersededByProposal: 'Een nieuwere mail nam het over',
    firstVoteBy: (name, time) => `Eerste stem van ${name}, ${time}. Een tweede persoon moet goedkeuren.`,
    firstVoteWas: (name, time) => `Eerste stem van ${name}, ${time}`,
    undoneBy: (name, time) => `Teruggedraaid door ${name}, ${time}`,
    duncan: 'Duncan',
  },
  button: buttonNl,
  reminder: {
    title: 'Nog te beslissen',
    since: (time: string) => `Dit wacht sinds ${time} op een beslissing.`,
  },
  confirm: {
    sendAgainTitle: 'Opnieuw sturen?',
    sendAgainText: to => `Als de eerste mail toch is aangekomen, krijgt ${to} hem twee keer. Het is dezelfde mail met hetzelfde Message-ID.`,
    didNotTitle: 'Echt niet verstuurd?',
    didNotText: to => `Het antwoord aan ${to} telt dan als niet verstuurd. Er wordt niets vanzelf opnieuw gestuurd.`,
    undoProtectiveTitle: 'Bescherming opheffen?',
    undoProtectiveText: 'Het aanmanen kan dan meteen doorgaan.',
    yes: 'Ja',
  },
  form: formNl,
  outcome: {
    already: (status, who, when) => `Al beslist: ${status}, door ${who}, ${when}.`,
    stale: 'Deze kaart is veranderd sinds u hem opende. Bekijk hem opnieuw en beslis dan.',
    notAllowed: 'U hebt daar het recht niet toe. Vraag een manager.',
    ownVote: 'De tweede stem moet van iemand anders komen.',
    callBackFirst:
      'Er is niemand anders voor de tweede stem. Bel de debiteur op een nummer dat al bekend is, leg het gesprek vast in een notitie bij de debiteur en stem opnieuw zodra de wachttijd na uw eerste stem voorbij is.',
    tooLate: 'Te laat: het is al vertrokken.',
    gone: 'Deze kaart is er niet meer.',
    invalid: problem => `Dat past niet: ${problem}`,
    done: 'Gedaan.',
    nothingTicked: 'Er is niets aangevinkt. Vink minstens één actie aan, of wijs het voorstel af.',
    dateNotAhead: 'Kies een dag na vandaag.',
  },
  byMail: byMailNl,
  ops: {
    area: {
      mailbox: 'Mailbox',
      smtp: 'Verzenden',
      ledger: 'Grootboek',
      job: 'Taak',
      import: 'Import',
      credit: 'Kredietbureau',
      decisions: 'Beslissingen per mail',
      payments: 'Betaallinks',
    },
    title: 'Duncan vraagt aandacht',
    resolved: 'Opgelost',
    failing: 'Storing',
    remedy: 'Wat te doen',
    since: 'Sinds',
    until: 'Opgelost om',
  },
  debtorCard: debtorNl,
  search: searchNl,
  segments: segmentsNl,
  command: {
    pickTitle: query => `Meer dan één debiteur past bij “${query}”`,
    pickText: count => `${count} gevonden. Welke?`,
    noneTitle: query => `Niets past bij “${query}”`,
    noneText: 'Zoek op debiteurnummer, factuurnummer of een deel van de naam.',
    missingQuery: command => `Zeg welke: ${command} <naam, debiteurnummer of factuurnummer>`,
    unknown: command => `Er is geen opdracht ${command}.`,
    helpTitle: 'Wat u kunt typen',
    helpDebtor: 'stand van een debiteur: saldo, ouderdom, beloften, geschillen, laatste mails',
    helpInbox: 'de mails van een debiteur, nieuwste eerst',
    helpActions: 'wat wacht: beslissingen, telefoongesprekken en taken',
    helpFind: 'debiteuren op naam, nummer of voorwaarden zoals overdue:>10000 country:BE -dispute; save as <naam>, saved',
    helpHelp: 'deze lijst',
    inboxTitle: name => `Mails van ${name}`,
    inboxEmpty: 'Nog geen mails van deze debiteur.',
    actionsTitle: 'Actielijst',
    actionsEmpty: 'Er wacht niets. Alles gedaan.',
    actionsRange: (first, last, total) => `[${first}–${last}] van ${total}`,
    actionsMineEmpty: 'Er wacht niets op u.',
    whyTitle: id => `Waarom voorstel ${id}`,
    whyFacts: 'Wat erin is gevonden',
    whyNone: id => `Er is geen voorstel ${id}.`,
    direction: { in: 'in', out: 'uit' },
  },
  intent: {
    promise_to_pay: 'betaalbelofte',
    payment_made: 'betaling gedaan',
    invoice_copy_request: 'vraagt factuurkopie',
    dispute: 'geschil',
    payment_plan_request: 'vraagt betalingsregeling',
    payment_details_question: 'vraagt betaalgegevens',
    statement_request: 'vraagt rekeningoverzicht',
    contact_change: 'wijziging contact',
    po_number: 'inkoopnummer',
    insolvency_notice: 'insolventie',
    legal_reply: 'juridische reactie',
    out_of_office: 'afwezig',
    bounce: 'onbestelbaar',
    acknowledgement: 'bevestiging',
    other_question: 'andere vraag',
    unrelated: 'niet ter zake',
  },
  fact: {
    promised_date: 'beloofde datum',
    promised_amount: 'beloofd bedrag',
    paid_date: 'betaald op',
    paid_amount: 'betaald bedrag',
    invoice_number: 'factuur',
    dispute_reason: 'reden van het geschil',
    disputed_amount: 'betwist bedrag',
    return_date: 'laatste dag afwezig',
    stand_in: 'vervanger',
    contact_email: 'e-mail',
    contact_phone: 'telefoon',
    contact_name: 'naam',
    contact_address: 'adres',
    po_number: 'inkoopnummer',
    instalment: 'termijnen',
    requested_document: 'gevraagd',
  },
  payments: paymentsNl,
  paymentProblems: paymentProblemsNl,
  people: peopleNl,
  home: homeNl,
  calls: callsNl,
  daily: dailyNl,
  entries: entriesNl,
  plans: plansNl,
  problems: problemsNl,
  suspicion: suspicionNl,
  disputes: disputesNl,
  dunning: dunningNl,
  filed: filedNl,
  groups: groupsNl,
  risk: riskNl,
  parties: partiesNl,
  compose: composeNl,
  credit: creditNl,
  alerts: alertsNl,
  creditView: creditViewNl,
  matrix: matrixNl,
  insurance: insuranceNl,
  payLinks: payLinksNl,
  workflows: workflowsNl,
  tasks: tasksNl,
  why: whyNl,
  report: reportNl,
  reports: reportsNl,
  results: resultsNl,
  notes: notesNl,
  state: stateNl,
  assistant: assistantNl,
  platforms: platformsNl,
  autonomy: autonomyNl,
  away: awayNl,
  bulk: bulkNl,
  reassign: reassignNl,
  reminders: remindersNl,
  ui: pageNl,
}
