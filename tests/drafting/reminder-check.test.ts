import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkOutbound, type DraftedReminder, draftLanguages, draftReminder, type ReminderItem, reminderTemplates } from '#drafting'
import type { WorkingLine } from '#dunning'
import { tones } from '#ledger'
import { Prisma } from '#platform'
import { createTestDatabase } from '../support/database.ts'

const iban = 'NL02ABNA0123456789'
const link = 'https://pay.nordlicht.example/a1'
const money = (amount: string) => ({ amount: new Prisma.Decimal(amount), currency: 'EUR' })
const ofInterest = { from: '2026-05-02', until: '2026-06-20', days: 50, percentage: '10.15', yearDays: 365, source: 'x' }
const working: WorkingLine[] = [
  { kind: 'interest', invoice: 'F-1001', principal: money('1234.50'), amount: money('17.16'), ...ofInterest },
  { kind: 'compensation', invoice: 'F-1001', principal: money('1234.50'), amount: money('40'), source: 'x' },
]

/** Two debtors of one central file, and one that has nothing to do with them. */
async function someDebtors(t: Parameters<typeof createTestDatabase>[0]) {
  const { client } = await createTestDatabase(t)
  const administration = await client.administration.create({ data: { code: 'a', name: 'Nordlicht BV', iban } })
  const group = await client.debtorGroup.create({ data: { name: 'Zonneveld' } })
  const add = async (number: string, name: string, groupId: number | null, invoices: string[]) => {
    const debtor = await client.debtor.create({ data: { administrationId: administration.id, number, name, searchName: name.toLowerCase(), groupId } })
    for (const invoice of invoices) {
      const searchNumber = invoice.replace('-', '')
      const own = { administrationId: administration.id, debtorId: debtor.id, currency: 'EUR', amount: 1, openAmount: 1, dueDate: new Date('2026-05-01') }
      await client.invoice.create({ data: { ...own, number: invoice, searchNumber } })
    }
    return debtor.id
  }
  return {
    client,
    own: await add('1001', 'Zonneveld Kas', group.id, ['F-1001', 'F-1003']),
    sister: await add('1002', 'Zonneveld Plant', group.id, ['F-1002']),
    other: await add('2001', 'Kwekerij De Zon', null, ['F-2002']),
  }
}

const item = (number: string, given: Partial<ReminderItem> = {}): ReminderItem => ({
  number,
  invoiceDate: '2026-04-01',
  due: '2026-05-01',
  daysLate: 50,
  open: { amount: '1234.50', currency: 'EUR' },
  stage: 'reminder_first',
  ...given,
})

function draft(
  language: (typeof draftLanguages)[number],
  tone: (typeof tones)[number],
  template: (typeof reminderTemplates)[number],
  items = [item('F-1001')],
) {
  return draftReminder(
    { language, tone, contactName: 'Piet Zon', senderName: 'Eva Berg', administration: 'Nordlicht BV' },
    {
      template,
      channel: 'email',
      items,
      disputed: [{ number: 'F-1003', open: { amount: '55', currency: 'EUR' } }],
      payBy: '2026-06-30',
      account: { name: 'Nordlicht BV', iban: 'NL02 ABNA 0123 4567 89', bic: 'ABNANL2A' },
      references: [{ invoice: 'F-1001', reference: 'RF18539007547034' }],
      link,
      charges: { kind: template === 'final_notice' ? 'claim' : 'announce', working, rate: '10.5' },
      creditor: { name: 'Nordlicht BV', companyNumber: '0403.019.261' },
      country: 'NL',
    },
  )
}

test('the check of outbound mails lets every text of a step through with its slots, in every language and tone', async t => {
  const { client, own } = await someDebtors(t)

  for (const language of draftLanguages)
    for (const tone of tones)
      for (const template of reminderTemplates) {
        const drafted = draft(language, tone, template)
        const problems = await checkOutbound(client, { ...drafted, debtorId: own, ownAccounts: [iban], ownLinks: [link] })
        assert.deepEqual(problems, [], `${template} ${language} ${tone}`)
      }
})

test('a text that somebody tampered with does not leave', async t => {
  const { client, own, sister } = await someDebtors(t)
  const whole = draft('nl', 'neutral', 'final_notice')
  const problemsOf = async (change: (text: string) => string, drafted: DraftedReminder = whole, given: { alsoDebtorIds?: number[] } = {}) => {
    const text = change(drafted.text)
    const problems = await checkOutbound(client, { ...drafted, text, debtorId: own, ownAccounts: [iban], ownLinks: [link], ...given })
    return problems.map(({ code }) => code).join()
  }
  const grouped = draft('nl', 'neutral', 'reminder_first', [
    item('F-1001', { owner: { administration: 'Nordlicht BV', number: '1001', debtor: 'Zonneveld Kas' } }),
    item('F-1002', { owner: { administration: 'Nordlicht BV', number: '1002', debtor: 'Zonneveld Plant' } }),
  ])

  assert.deepEqual(
    [
      await problemsOf(text => text.replace('0123 4567 89', '0123 4567 88')),
      await problemsOf(text => text.replace(link, 'https://pay.nordlicht-bv.example/a1')),
      await problemsOf(text => text.replace('€ 17,16', '€ 71,16')),
      await problemsOf(text => text.replace('30 juni 2026', '3 juni 2026')),
      await problemsOf(text => text.replace('F-1003', 'F-2002')),
      await problemsOf(text => `${text}\nZie ook Kwekerij De Zon`),
      await problemsOf(text => text, grouped),
      await problemsOf(text => text, grouped, { alsoDebtorIds: [sister] }),
    ],
    ['bank_details', 'link', 'unknown_amount', 'unknown_day', 'foreign_invoice', 'foreign_debtor', 'foreign_invoice', ''],
  )
})
