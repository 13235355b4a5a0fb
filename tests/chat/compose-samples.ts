import type { Problem } from '#proposals'
import { entryCard } from '../../src/chat/cards/entry-card.ts'
import { inboxCard } from '../../src/chat/cards/inbox-card.ts'
import type { CardContext } from '../../src/chat/cards/proposal-card.ts'
import type { ShownEntry } from '../../src/chat/cards/shown-entry.ts'
import { composeForm } from '../../src/chat/compose/compose-form.ts'
import type { Sample } from './sample-cards.ts'
import { secondReminder } from './views.ts'

const at = (day: string): Date => new Date(`2026-02-${day}T10:12:00Z`)

/** A mail that a colleague writes, and the mails that it stands among. */
export function composeSamples(context: CardContext): Sample[] {
  const debtor = { id: 8, name: 'Visser Installatie BV' }
  const mails = [
    {
      id: 12,
      threadId: 5,
      direction: 'in',
      at: at('27'),
      subject: 'Re: Herinnering 2026-0412',
      from: 'Kees Visser',
      text: 'Wij betalen volgende week. Kunt u mij bellen?',
    },
    {
      id: 11,
      threadId: 5,
      direction: 'out',
      at: at('25'),
      subject: 'Herinnering 2026-0412',
      from: 'Harbourlight Trading',
      text: 'Factuur 2026-0412 staat nog open.',
    },
    { id: 9, threadId: 4, direction: 'in', at: at('11'), subject: 'Kopie factuur', from: 'Els Visser', text: 'Graag een kopie van factuur 2026-0398.' },
  ]
  const draft = {
    debtor,
    from: { id: 1, address: 'debtors@harbourlight.example' },
    answers: 12,
    threadId: 5,
    conversations: mails.filter(({ id }) => id !== 11).map(({ id, subject, from, at: when }) => ({ messageId: id, subject, from, at: when })),
    to: ['kees@visser.example'],
    cc: ['els@visser.example'],
    copies: ['2026-0412'],
    recipients: ['els@visser.example', 'kees@visser.example'],
    template: 'free',
    language: 'nl',
    tone: 'neutral',
    subject: 'Re: Herinnering 2026-0412',
    text: 'Beste Kees Visser,\n\nIk bel u morgen om tien uur.\n\nMet vriendelijke groet,\n\nJan Willems\nHarbourlight Trading',
  } as const
  const copied = {
    ...draft,
    conversations: [...draft.conversations],
    to: [...draft.to],
    cc: [...draft.cc],
    copies: [...draft.copies],
    recipients: [...draft.recipients],
  }
  return [
    { name: 'mails of a debtor', on: 'answer', card: inboxCard({ ...debtor, number: '10001', next: secondReminder }, mails, [], context) },
    { name: 'mail that was stopped', on: 'answer', card: entryCard(sentMail('failed', stopped), 2, context) },
    { name: 'mail that may have left', on: 'answer', card: entryCard(sentMail('unknown', []), 2, context) },
    { name: 'reminder', on: 'post', card: entryCard(reminder, undefined, context) },
    { name: 'mail that is written', on: 'form', card: composeForm(copied, { key: 'f1', round: 0, waits: true }, context) },
  ]
}

const reminderText = `Beste Kees Visser,

Volgens onze administratie staan de volgende facturen nog open:

2026-0401 · 5 januari 2026 · € 1.250,00
2026-0402 · 12 januari 2026 · € 890,00

Wilt u het totaal van € 2.140,00 voor 13 maart 2026 overmaken onder vermelding van de factuurnummers? Hebt u al betaald, dan kunt u deze herinnering als niet verzonden beschouwen.

Met vriendelijke groet,
Harbourlight Trading`

const stopped: Problem[] = [{ code: 'stopped' }, { code: 'new_mail' }]

const numbers = Array.from({ length: 15 }, (_, index) => `2026-${String(index + 401).padStart(4, '0')}`)

/** A long mail with many copies. */
const longMail: ShownEntry = {
  next: secondReminder,
  id: 21,
  version: 0,
  debtor: { id: 8, number: '10001', name: 'Visser Installatie BV', administration: 'NL01' },
  members: [],
  mailbox: 'debtors',
  owner: null,
  responsible: 2,
  autonomy: null,
  content: {
    kind: 'mail',
    mailboxId: 1,
    answers: 12,
    threadId: 5,
    to: ['kees@visser.example'],
    cc: ['els@visser.example', 'boekhouding@visser.example'],
    subject: 'Re: Herinnering 2026-0412',
    text: `Beste Kees Visser,\n\n${'Bijgaand de kopieën waar u om vroeg. Wilt u ons laten weten welke u al betaald hebt, en wanneer?\n'.repeat(24)}\nMet vriendelijke groet,\nJan Willems`,
    language: 'nl',
    tone: 'neutral',
    attachments: numbers.slice(0, 8).map((number, invoiceId) => ({ fileName: `${number}.pdf`, contentType: 'application/pdf', hash: 'x', invoiceId })),
    invoiceIds: numbers.map((_, index) => index),
  },
  right: 'decide',
  why: null,
  invoices: numbers,
  status: 'done',
  by: 'Jan Willems',
  makers: [2],
  at: at('27'),
  firstVoteBy: null,
  decidedBy: 'Jan Willems',
  decidedAt: at('27'),
}

/** It did not leave, or may have. */
const sentMail = (state: string, problems: Problem[]): ShownEntry => ({ ...longMail, mail: { state, sendAfter: at('27'), problems } })

/** A step of a workflow that waits for a decision. */
const reminder: ShownEntry = {
  ...longMail,
  status: 'proposed',
  content: {
    kind: 'dunning',
    actionId: 3,
    channel: 'email',
    template: 'reminder',
    invoiceIds: [1, 2],
    attachments: [{ fileName: '2026-0401.pdf', contentType: 'application/pdf', hash: 'x', invoiceId: 1 }],
    mail: {
      mailboxId: 1,
      messageId: null,
      threadId: null,
      to: ['kees@visser.example'],
      subject: 'Herinnering: 2026-0401, 2026-0402',
      text: reminderText,
      language: 'nl',
      tone: 'neutral',
      amounts: ['2140.00'],
      written: false,
    },
    letter: null,
    sms: null,
  },
  why: { code: 'dunning_step', workflow: 'standard', step: 'second_reminder', daysLate: 31, open: [{ amount: '2140.00', currency: 'EUR' }] },
  invoices: ['2026-0401', '2026-0402'],
  owner: { id: 2, name: 'Jan Willems' },
  by: null,
  makers: [],
  decidedBy: null,
  decidedAt: null,
}
