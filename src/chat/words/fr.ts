import { actionFr } from './action/fr.ts'
import { alertsFr } from './alerts/fr.ts'
import { assistantFr } from './assistant/fr.ts'
import { autonomyFr } from './autonomy/fr.ts'
import { awayFr } from './away/fr.ts'
import { bulkFr } from './bulk/fr.ts'
import { buttonFr } from './button/fr.ts'
import { byMailFr } from './by-mail/fr.ts'
import { callsFr } from './calls/fr.ts'
import { cardFr } from './card/fr.ts'
import { composeFr } from './compose/fr.ts'
import { creditFr } from './credit/fr.ts'
import { creditViewFr } from './credit-view/fr.ts'
import { dailyFr } from './daily/fr.ts'
import { debtorFr } from './debtor/fr.ts'
import { disputesFr } from './disputes/fr.ts'
import { dunningFr } from './dunning/fr.ts'
import { entriesFr } from './entries/fr.ts'
import { filedFr } from './filed/fr.ts'
import { formFr } from './form/fr.ts'
import { groupsFr } from './groups/fr.ts'
import { homeFr } from './home/fr.ts'
import type { Words } from './index.ts'
import { insuranceFr } from './insurance/fr.ts'
import { matrixFr } from './matrix/fr.ts'
import { notesFr } from './notes/fr.ts'
import { pageFr } from './page/fr.ts'
import { partiesFr } from './parties/fr.ts'
import { payLinksFr } from './pay-links/fr.ts'
import { paymentProblemsFr } from './payment-problems/fr.ts'
import { paymentsFr } from './payments/fr.ts'
import { peopleFr } from './people/fr.ts'
import { plansFr } from './plans/fr.ts'
import { platformsFr } from './platforms/fr.ts'
import { problemsFr } from './problems/fr.ts'
import { reassignFr } from './reassign/fr.ts'
import { remindersFr } from './reminders/fr.ts'
import { reportFr } from './report/fr.ts'
import { reportsFr } from './reports/fr.ts'
import { resultsFr } from './results/fr.ts'
import { riskFr } from './risk/fr.ts'
import { searchFr } from './search/fr.ts'
import { segmentsFr } from './segments/fr.ts'
import { stateFr } from './state/fr.ts'
import { suspicionFr } from './suspicion/fr.ts'
import { tasksFr } from './tasks/fr.ts'
import { whyFr } from './why/fr.ts'
import { workflowsFr } from './workflows/fr.ts'

/** What Duncan says to colleagues, in French. */
export const fr: Words = {
  status: {
    open: 'Décision à prendre',
    needs_person: 'À voir par une personne',
    awaiting_second: 'Deuxième vote attendu',
    approved: 'Approuvé',
    filed: 'Classé',
    rejected: 'Refusé',
    snoozed: 'Reporté',
    superseded: 'Remplacé',
    expired: 'Expiré',
    quarantine: 'En quarantaine',
  },
  action: actionFr,
  verb: {
    send_reply: 'envoyer la réponse',
    send_invoice_copies: 'envoyer des copies',
    register_promise: 'noter la promesse',
    agree_payment_plan: 'accorder un échéancier',
    place_hold: 'suspendre les relances',
    open_dispute: 'ouvrir un litige',
    mark_payment_claimed: 'noter le paiement annoncé',
    mark_address_bounced: 'arrêter l’adresse',
    register_absence: 'noter l’absence',
    update_contact: 'mettre à jour le contact',
    register_po_number: 'noter le n° de commande',
    create_task: 'créer une tâche',
  },
  actionStatus: {
    pending: '',
    scheduled: time => `part à ${time}`,
    claimed: 'en cours…',
    done: 'fait',
    failed: problem => `échec : ${problem}`,
    unknown: 'on ne sait pas si c’est parti',
    skipped: 'laissé de côté',
    undone: 'annulé',
    protective: 'fait aussitôt, par protection',
  },
  disputeReason: {
    price: 'prix',
    quantity: 'quantité',
    quality: 'qualité',
    not_ordered: 'non commandé',
    not_delivered: 'non livré',
    wrong_po: 'mauvais n° de commande',
    duplicate: 'doublon',
    credit_note_expected: 'avoir attendu',
    other: 'autre',
  },
  needsPerson: {
    unlinked: 'Aucun débiteur ne correspond à ce mail. Rattachez-le à son débiteur, ou classez-le.',
    ambiguous: 'Ce mail peut venir de plusieurs débiteurs. Choisissez le bon.',
    unreadable: 'Ce mail n’a pas pu être lu en entier. Consultez l’original.',
    unclear: 'Ce que demande ce mail n’est pas assez clair pour agir. Écrivez la réponse, ou classez-le.',
    quarantine: 'Ce mail n’est pas digne de confiance. Rien n’est répondu.',
  },
  warning: {
    stale_ledger: _detail => 'La comptabilité est trop ancienne pour citer des montants : ils ne figurent pas dans la réponse.',
    copies_missing: detail => `Aucun PDF trouvé pour : ${detail}`,
    unknown_invoices: detail => `Pas une facture ouverte de ce débiteur : ${detail}`,
    no_recipient: _detail => 'Il n’y a personne à qui répondre : l’expéditeur n’est pas un contact et n’a écrit dans aucun de nos échanges.',
    reply_waiting: () =>
      'Une réponse approuvée de cette conversation n’est pas encore partie. Annulez-la sur sa propre carte si ce message change la situation.',
    mail_held: () => 'Duncan a été restauré depuis une sauvegarde : ceci partira quand les boîtes auront montré ce qui a été envoyé depuis.',
    unverified_recipient: detail => `Pas un contact vérifié de ce débiteur : ${detail}`,
    reply_to_ignored: detail => `Le mail demande une réponse ailleurs ; cette adresse est ignorée : ${detail}`,
    engines_disagree: detail => `Les lecteurs ne sont pas d’accord : ${detail}`,
  },
  quarantine: {
    injection: 'Il tente de donner des ordres à une machine',
    bank_change: 'Il s’agit d’un changement de coordonnées bancaires',
    look_alike: 'L’adresse de l’expéditeur ressemble à une adresse connue, sans l’être',
    hidden_text: 'Il contient du texte qu’un lecteur ne voit pas',
    sender_unverified: 'L’expéditeur n’a pas pu être vérifié',
  },
  linkReason: {
    sender: 'adresse de l’expéditeur',
    contact_domain: 'domaine d’un contact',
    invoice_number: 'numéro de facture',
    payment_reference: 'référence de paiement',
    company_number: 'numéro d’entreprise',
    name: 'nom',
    thread: 'mail précédent',
    staff: 'rattaché par un collègue',
  },
  card: cardFr,
  decision: {
    approvedBy: (name, time, edited) => `Approuvé par ${name}, ${time}${edited ? ', modifié' : ''}`,
    filedBy: (name, time) => `Classé par ${name}, ${time}`,
    rejectedBy: (name, time) => `Refusé par ${name}, ${time}`,
    rejectedBecause: reason => `Raison : ${reason}`,
    snoozedBy: (name, until) => `Reporté par ${name} jusqu’au ${until}`,
    supersededByMail: 'Répondu par un collègue depuis la boîte mail',
    supersededByProposal: 'Un mail plus récent a pris la suite',
    firstVoteBy: (name, time) => `Premier vote de ${name}, ${time}. Une deuxième personne doit approuver.`,
    firstVoteWas: (name, time) => `Premier vote de ${name}, ${time}`,
    undoneBy: (name, time) => `Annulé par ${name}, ${time}`,
    duncan: 'Duncan',
  },
  button: buttonFr,
  reminder: {
    title: 'En attente de décision',
    since: (time: string) => `Cette proposition attend une décision depuis ${time}.`,
  },
  confirm: {
    sendAgainTitle: 'Renvoyer le message ?',
    sendAgainText: to => `Si le premier message est arrivé malgré tout, ${to} le recevra deux fois. C’est le même message, avec le même Message-ID.`,
    didNotTitle: 'Vraiment pas parti ?',
    didNotText: to => `La réponse à ${to} comptera comme non envoyée. Rien n’est renvoyé de soi-même.`,
    undoProtectiveTitle: 'Lever la protection ?',
    undoProtectiveText: 'Les relances peuvent alors reprendre aussitôt.',
    yes: 'Oui',
  },
  form: formFr,
  outcome: {
    already: (status, who, when) => `Déjà décidé : ${status}, par ${who}, ${when}.`,
    stale: 'Cette carte a changé depuis que vous l’avez ouverte. Regardez-la de nouveau, puis décidez.',
    notAllowed: 'Vous n’en avez pas le droit. Demandez à un responsable.',
    ownVote: 'Le deuxième vote doit venir de quelqu’un d’autre.',
    callBackFirst:
      'Personne d’autre ne peut donner le deuxième vote. Appelez le débiteur à un numéro déjà connu, consignez l’appel dans une note sur sa fiche, puis votez de nouveau une fois écoulé le délai après votre premier vote.',
    tooLate: 'Trop tard : c’est déjà parti.',
    gone: 'Cette carte n’existe plus.',
    invalid: problem => `Cela ne va pas : ${problem}`,
    done: 'Fait.',
    nothingTicked: 'Rien n’est coché. Cochez au moins une action, ou refusez la proposition.',
    dateNotAhead: 'Choisissez un jour après aujourd’hui.',
  },
  byMail: byMailFr,
  ops: {
    area: {
      mailbox: 'Boîte mail',
      smtp: 'Envoi',
      ledger: 'Grand livre',
      job: 'Tâche',
      import: 'Importation',
      credit: 'Agence de crédit',
      decisions: 'Décisions par e-mail',
      payments: 'Paiements en ligne',
    },
    title: 'Duncan demande votre attention',
    resolved: 'Résolu',
    failing: 'En panne',
    remedy: 'Que faire',
    since: 'Depuis',
    until: 'Résolu à',
  },
  debtorCard: debtorFr,
  search: searchFr,
  segments: segmentsFr,
  command: {
    pickTitle: query => `Plusieurs débiteurs correspondent à « ${query} »`,
    pickText: count => `${count} trouvés. Lequel ?`,
    noneTitle: query => `Rien ne correspond à « ${query} »`,
    noneText: 'Cherchez par numéro de débiteur, numéro de facture ou partie du nom.',
    missingQuery: command => `Dites lequel : ${command} <nom, numéro de débiteur ou de facture>`,
    unknown: command => `La commande ${command} n’existe pas.`,
    helpTitle: 'Ce que vous pouvez taper',
    helpDebtor: 'état d’un débiteur : solde, ancienneté, promesses, litiges, derniers mails',
    helpInbox: 'les mails d’un débiteur, du plus récent au plus ancien',
    helpActions: 'ce qui attend : décisions, appels et tâches',
    helpFind: 'débiteurs par nom, numéro ou conditions comme overdue:>10000 country:BE -dispute ; save as <nom>, saved',
    helpHelp: 'cette liste',
    inboxTitle: name => `Mails de ${name}`,
    inboxEmpty: 'Pas encore de mail de ce débiteur.',
    actionsTitle: 'Liste d’actions',
    actionsEmpty: 'Rien n’attend. Tout est fait.',
    actionsRange: (first, last, total) => `[${first}–${last}] sur ${total}`,
    actionsMineEmpty: 'Rien ne vous attend.',
    whyTitle: id => `Pourquoi la proposition ${id}`,
    whyFacts: 'Ce qui y a été trouvé',
    whyNone: id => `La proposition ${id} n’existe pas.`,
    direction: { in: 'reçu', out: 'envoyé' },
  },
  intent: {
    promise_to_pay: 'promesse de paiement',
    payment_made: 'paiement effectué',
    invoice_copy_request: 'demande une copie de facture',
    dispute: 'litige',
    payment_plan_request: 'demande un échéancier',
    payment_details_question: 'demande les coordonnées de paiement',
    statement_request: 'demande un relevé',
    contact_change: 'changement de contact',
    po_number: 'n° de commande',
    insolvency_notice: 'insolvabilité',
    legal_reply: 'réponse juridique',
    out_of_office: 'absence',
    bounce: 'non remis',
    acknowledgement: 'accusé de réception',
    other_question: 'autre question',
    unrelated: 'sans rapport',
  },
  fact: {
    promised_date: 'date promise',
    promised_amount: 'montant promis',
    paid_date: 'payé le',
    paid_amount: 'montant payé',
    invoice_number: 'facture',
    dispute_reason: 'raison du litige',
    disputed_amount: 'montant contesté',
    return_date: 'dernier jour d’absence',
    stand_in: 'suppléant',
    contact_email: 'e-mail',
    contact_phone: 'téléphone',
    contact_name: 'nom',
    contact_address: 'adresse',
    po_number: 'n° de commande',
    instalment: 'échéances',
    requested_document: 'demandé',
  },
  payments: paymentsFr,
  paymentProblems: paymentProblemsFr,
  people: peopleFr,
  home: homeFr,
  calls: callsFr,
  daily: dailyFr,
  entries: entriesFr,
  plans: plansFr,
  problems: problemsFr,
  suspicion: suspicionFr,
  disputes: disputesFr,
  dunning: dunningFr,
  filed: filedFr,
  groups: groupsFr,
  risk: riskFr,
  parties: partiesFr,
  compose: composeFr,
  credit: creditFr,
  alerts: alertsFr,
  creditView: creditViewFr,
  matrix: matrixFr,
  insurance: insuranceFr,
  payLinks: payLinksFr,
  workflows: workflowsFr,
  tasks: tasksFr,
  why: whyFr,
  report: reportFr,
  reports: reportsFr,
  results: resultsFr,
  notes: notesFr,
  state: stateFr,
  assistant: assistantFr,
  platforms: platformsFr,
  autonomy: autonomyFr,
  away: awayFr,
  bulk: bulkFr,
  reassign: reassignFr,
  reminders: remindersFr,
  ui: pageFr,
}
