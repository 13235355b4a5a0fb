import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agreePlan, openDispute, registerPromise } from '#ledger'
import type { ActionKind } from '#proposals'
import type { Fact, Intent, Reading } from '#triage'
import { anOffice, asserting, fact, type Office } from './support.ts'

type Planned = { actions: [ActionKind, string?][]; template?: string }

async function plan(office: Office, text: string, intents: Intent[], facts: Reading['facts'] = [], fields: Parameters<Office['mail']>[2] = {}) {
  const planned = await office.proposals.plan(await office.mail(text, { intents: asserting(...intents), facts }, fields))
  const numbers = new Map((await office.db.invoice.findMany()).map(({ id, number }) => [id, number]))
  const template = planned.actions.flatMap(action =>
    action.kind === 'send_reply' || action.kind === 'send_invoice_copies' ? [action.payload.template] : [],
  )[0]
  const actions = planned.actions
    .filter(({ kind }) => !kind.startsWith('send_'))
    .map(({ kind, payload, protective }): [ActionKind, string] => {
      const ids = 'invoiceIds' in payload ? payload.invoiceIds.map(id => numbers.get(id)).join(' ') || (kind === 'place_hold' ? 'all' : 'none') : ''
      return [kind, `${ids}${protective ? ' at once' : ''}`.trim()]
    })
  return { planned, summary: { actions, ...(template !== undefined && { template }) } satisfies Planned }
}

const cases: { says: string; text: string; intents: Intent[]; facts?: (text: string) => Reading['facts']; plans: Planned }[] = [
  {
    says: 'a dated promise without numbers is for everything that is open',
    text: 'Wij betalen op 4 december.',
    intents: ['promise_to_pay'],
    facts: text => [fact(text, 'promised_date', '4 december', '2026-12-04')],
    plans: { actions: [['register_promise', '2026-001 2026-002 2026-003']], template: 'promise_confirmed' },
  },
  {
    says: 'a promise without a date is asked about',
    text: 'Wij betalen snel.',
    intents: ['promise_to_pay'],
    plans: { actions: [], template: 'promise_date_request' },
  },
  {
    says: 'a promise under a condition is no promise',
    text: 'Na de creditnota betalen wij op 4 december.',
    intents: ['promise_to_pay'],
    facts: text => [fact(text, 'promised_date', '4 december', '2026-12-04', { conditional: true })],
    plans: { actions: [], template: 'promise_date_request' },
  },
  {
    says: 'a promise for a day that was over when it was written is asked about',
    text: 'Wij betalen op 20 november.',
    intents: ['promise_to_pay'],
    facts: text => [fact(text, 'promised_date', '20 november', '2026-11-20')],
    plans: { actions: [], template: 'promise_date_request' },
  },
  {
    says: 'two days for one promise are asked about',
    text: 'Wij betalen op 4 december of 11 december.',
    intents: ['promise_to_pay'],
    facts: text => [fact(text, 'promised_date', '4 december', '2026-12-04'), fact(text, 'promised_date', '11 december', '2026-12-11')],
    plans: { actions: [], template: 'promise_date_request' },
  },
  {
    says: 'a fact that the reading is not sure of carries nothing',
    text: 'Wij betalen op 4 december.',
    intents: ['promise_to_pay'],
    facts: text => [fact(text, 'promised_date', '4 december', '2026-12-04', { confidence: 0.3 })],
    plans: { actions: [], template: 'promise_date_request' },
  },
  {
    says: 'two promises in one mail are two',
    text: '2026-001 op 4 december, 2026-002 op 11 december.',
    intents: ['promise_to_pay'],
    facts: text => [
      fact(text, 'invoice_number', '2026-001', '2026-001', { promise: 1 }),
      fact(text, 'promised_date', '4 december', '2026-12-04', { promise: 1 }),
      fact(text, 'invoice_number', '2026-002', '2026-002', { promise: 2 }),
      fact(text, 'promised_date', '11 december', '2026-12-11', { promise: 2 }),
    ],
    plans: {
      actions: [
        ['register_promise', '2026-001'],
        ['register_promise', '2026-002'],
      ],
      template: 'promise_confirmed+promise_confirmed',
    },
  },
  {
    says: 'a promise for an invoice that is not theirs or not open is for no other one either',
    text: 'Wij betalen 2026-900 op 4 december.',
    intents: ['promise_to_pay'],
    facts: text => [fact(text, 'invoice_number', '2026-900'), fact(text, 'promised_date', '4 december', '2026-12-04')],
    plans: { actions: [['create_task', '']] },
  },
  {
    says: 'a complaint without a number holds all and disputes nothing in particular',
    text: 'Dit klopt niet.',
    intents: ['dispute'],
    plans: {
      actions: [
        ['place_hold', 'all at once'],
        ['open_dispute', 'none'],
      ],
      template: 'dispute_acknowledged',
    },
  },
  {
    says: 'a payment of a named invoice is noted',
    text: '2026-002 is betaald.',
    intents: ['payment_made'],
    facts: text => [fact(text, 'invoice_number', '2026-002')],
    plans: { actions: [['mark_payment_claimed', '2026-002']], template: 'payment_noted' },
  },
  {
    says: 'a payment of exactly one open amount is that invoice',
    text: 'Betaald: 250,50.',
    intents: ['payment_made'],
    facts: text => [fact(text, 'paid_amount', '250,50', '250.50', { currency: 'EUR' })],
    plans: { actions: [['mark_payment_claimed', '2026-002']], template: 'payment_noted' },
  },
  {
    says: 'a payment of everything is all of it',
    text: 'Betaald: 425,75.',
    intents: ['payment_made'],
    facts: text => [fact(text, 'paid_amount', '425,75', '425.75')],
    plans: { actions: [['mark_payment_claimed', '2026-001 2026-002 2026-003']], template: 'payment_noted' },
  },
  {
    says: 'a payment that fits nothing waits some days and asks for proof',
    text: 'Betaald: 17,00.',
    intents: ['payment_made'],
    facts: text => [fact(text, 'paid_amount', '17,00', '17.00')],
    plans: { actions: [['place_hold', 'all at once']], template: 'payment_proof_request' },
  },
  {
    says: 'copies of nothing in particular are asked about',
    text: 'Graag kopie.',
    intents: ['invoice_copy_request'],
    plans: { actions: [], template: 'invoice_number_request' },
  },
  {
    says: 'a copy that is not in the folder is a task and is said',
    text: 'Graag kopie van 2026-001.',
    intents: ['invoice_copy_request'],
    facts: text => [fact(text, 'invoice_number', '2026-001')],
    plans: { actions: [['create_task', '']], template: 'invoice_copies_missing' },
  },
  {
    says: 'a promise without a number is about the invoice whose copy the same mail asks for',
    text: 'Graag kopie van 2026-001. Dan betalen we op 2026-12-04.',
    intents: ['invoice_copy_request', 'promise_to_pay'],
    facts: text => [
      fact(text, 'requested_document', 'kopie', 'invoice_copy'),
      fact(text, 'invoice_number', '2026-001'),
      fact(text, 'promised_date', '2026-12-04'),
    ],
    plans: {
      actions: [
        ['create_task', ''],
        ['register_promise', '2026-001'],
      ],
      template: 'invoice_copies_missing+promise_confirmed',
    },
  },
  {
    says: 'instalments are planned as they are asked for, for a person to agree',
    text: 'Mag het in drie keer?',
    intents: ['payment_plan_request'],
    plans: {
      actions: [
        ['place_hold', '2026-001 2026-002 2026-003 at once'],
        ['agree_payment_plan', '2026-001 2026-002 2026-003'],
      ],
      template: 'payment_plan_agreed',
    },
  },
  {
    says: 'bank details are not told',
    text: 'Wat is uw IBAN?',
    intents: ['payment_details_question'],
    plans: { actions: [['create_task', '']], template: 'payment_details' },
  },
  { says: 'a statement is answered', text: 'Graag een overzicht.', intents: ['statement_request'], plans: { actions: [], template: 'statement' } },
  {
    says: 'a changed telephone number is put on the sender',
    text: 'Ons nummer is nu +31 20 555 0100.',
    intents: ['contact_change'],
    facts: text => [fact(text, 'contact_phone', '+31 20 555 0100')],
    plans: { actions: [['update_contact', '']], template: 'contact_updated' },
  },
  {
    says: 'of two addresses the one that is known already is the old one',
    text: 'Niet meer info@zonneveld.example maar inkoop@zonneveld.example.',
    intents: ['contact_change'],
    facts: text => [fact(text, 'contact_email', 'info@zonneveld.example'), fact(text, 'contact_email', 'inkoop@zonneveld.example')],
    plans: { actions: [['update_contact', '']], template: 'contact_updated' },
  },
  {
    says: 'of two addresses of which none is known a person chooses',
    text: 'Oud: a@zonneveld.example, nieuw: b@zonneveld.example.',
    intents: ['contact_change'],
    facts: text => [fact(text, 'contact_email', 'a@zonneveld.example'), fact(text, 'contact_email', 'b@zonneveld.example')],
    plans: { actions: [['create_task', '']] },
  },
  { says: 'a change that was not understood is a task', text: 'Wij zijn verhuisd.', intents: ['contact_change'], plans: { actions: [['create_task', '']] } },
  {
    says: 'a PO number goes on the named invoice',
    text: 'PO-77 voor 2026-003.',
    intents: ['po_number'],
    facts: text => [fact(text, 'po_number', 'PO-77'), fact(text, 'invoice_number', '2026-003')],
    plans: { actions: [['register_po_number', '2026-003']], template: 'po_number_noted' },
  },
  {
    says: 'a PO number for one of several invoices is asked about',
    text: 'PO-77.',
    intents: ['po_number'],
    facts: text => [fact(text, 'po_number', 'PO-77')],
    plans: { actions: [['create_task', '']], template: 'po_number_invoice_request' },
  },
  {
    says: 'insolvency stops everything at once and is not answered',
    text: 'Wij zijn failliet.',
    intents: ['insolvency_notice'],
    plans: {
      actions: [
        ['place_hold', 'all at once'],
        ['create_task', ''],
        ['create_task', ''],
      ],
    },
  },
  {
    says: 'a lawyer is not answered, and dunning stops at once',
    text: 'Namens cliënte ...',
    intents: ['legal_reply'],
    plans: {
      actions: [
        ['place_hold', 'all at once'],
        ['create_task', ''],
      ],
    },
  },
  {
    says: 'an absence is noted and holds nothing',
    text: 'Ik ben terug op 2 december.',
    intents: ['out_of_office'],
    facts: text => [fact(text, 'return_date', '2 december', '2026-12-01')],
    plans: { actions: [['register_absence', '']] },
  },
  { says: 'thanks need nothing', text: 'Bedankt!', intents: ['acknowledgement'], plans: { actions: [] } },
  { says: 'what is no matter of ours needs nothing', text: 'Koop nu!', intents: ['unrelated'], plans: { actions: [] } },
  {
    says: 'a question is answered by a person; that it came in is said at once',
    text: 'Waarom?',
    intents: ['other_question'],
    plans: { actions: [['create_task', '']], template: 'question_received' },
  },
]

test('each intent comes to its own actions and its part of the reply', async t => {
  const office = await anOffice(t)

  for (const { says, text, intents, facts, plans } of cases) {
    const { summary } = await plan(office, text, intents, facts?.(text))

    assert.deepEqual(summary, plans, says)
  }
})

test('a permanent bounce stops the address at once and asks for a new one; one that is only late is noted', async t => {
  const office = await anOffice(t)
  const bounced = [
    { recipient: 'a@zonneveld.example', status: '5.1.1', permanent: true, reason: 'unknown', cause: 'unknown_user' as const },
    { recipient: 'b@zonneveld.example', status: '4.2.2', permanent: false, isLate: true, reason: 'full', cause: 'mailbox_full' as const },
  ]

  const { planned } = await plan(office, '', ['bounce'], [], { bounced, link: { kind: 'unknown' } })
  const unnamed = await plan(office, '', ['bounce'], [], { bounced: [], link: { kind: 'unknown' } })

  assert.deepEqual(
    planned.actions.map(({ kind, protective }) => [kind, protective ?? false]),
    [
      ['mark_address_bounced', true],
      ['mark_address_bounced', true],
      ['create_task', false],
    ],
  )
  assert.equal(planned.needsPerson, null)
  assert.deepEqual(
    unnamed.planned.actions.map(({ kind }) => kind),
    ['create_task'],
  )
})

test('an advertisement from nobody known needs no person', async t => {
  const office = await anOffice(t)

  const { planned } = await plan(office, 'Koop nu!', ['unrelated'], [], { link: { kind: 'unknown' } })

  assert.deepEqual([planned.needsPerson, planned.actions], [null, []])
})

test('somebody else in the mail becomes a new contact; the sender stays who they are', async t => {
  const office = await anOffice(t)
  const text = 'Mail voortaan naar Bea, bea@zonneveld.example'

  const { planned } = await plan(office, text, ['contact_change'], [fact(text, 'contact_name', 'Bea'), fact(text, 'contact_email', 'bea@zonneveld.example')])

  const [change] = planned.actions
  assert.deepEqual(change?.kind === 'update_contact' && change.payload, { name: 'Bea', email: 'bea@zonneveld.example' })
})

test('the reply is in the language of the mail, or else of the debtor', async t => {
  const office = await anOffice(t)
  const languages = []
  for (const language of ['de', 'und', 'es']) {
    const planned = await office.proposals.plan(await office.mail('?', { language, intents: asserting('statement_request') }))
    languages.push(planned.language)
  }

  assert.deepEqual(languages, ['de', 'nl', 'nl'])
})

test('the grace after a promised day is three working days', async t => {
  const office = await anOffice(t)
  const holds = []
  for (const [words, day] of [
    ['donderdag', '2026-12-03'],
    ['zaterdag', '2026-12-05'],
  ] as const) {
    const { planned } = await plan(office, words, ['promise_to_pay'], [fact(words, 'promised_date', words, day)])
    holds.push(planned.actions.flatMap(action => (action.kind === 'register_promise' ? [action.payload.holdUntil] : []))[0])
  }

  assert.deepEqual(holds, ['2026-12-08', '2026-12-09'])
})

test('what stands already is not opened once more: a dispute that is written about again is its owner’s task, a plan is decided by hand, a promise counts once', async t => {
  const office = await anOffice(t)
  const { db, debtor, jan, invoiceId } = office
  const two = await invoiceId('2026-002')
  const at = new Date('2026-11-20T09:00:00Z')
  const opened = { debtorId: debtor.id, reason: 'price', text: 'te duur', ownerId: jan.id, staffId: null, at, answerDue: '2026-11-27', invoiceIds: [two] }
  await openDispute(db, opened)
  await agreePlan(db, { debtorId: debtor.id, invoiceIds: [await invoiceId('2026-001')], instalments: [{ dueOn: '2026-12-01', amount: '100' }], at })
  await registerPromise(db, { debtorId: debtor.id, promisedOn: '2026-12-04', invoiceIds: [await invoiceId('2026-003')], conditional: false })
  const kindsOf = async (text: string, intent: Intent, facts: Fact[]) => (await plan(office, text, [intent], facts)).planned

  const again = await kindsOf('Hoe staat het met 2026-002?', 'dispute', [fact('Hoe staat het met 2026-002?', 'invoice_number', '2026-002')])
  const other = 'Van 2026-002 ontbreekt de helft, € 125.'
  const another = await kindsOf(other, 'dispute', [
    fact(other, 'invoice_number', '2026-002'),
    fact(other, 'dispute_reason', 'ontbreekt', 'quantity'),
    fact(other, 'disputed_amount', '€ 125', '125', { currency: 'EUR' }),
  ])
  const planned = await kindsOf('Mag 2026-001 in termijnen?', 'payment_plan_request', [fact('Mag 2026-001 in termijnen?', 'invoice_number', '2026-001')])
  const promised = 'Wij betalen 2026-003 op 4 december.'
  const twice = await kindsOf(promised, 'promise_to_pay', [
    fact(promised, 'invoice_number', '2026-003', undefined, { promise: 1 }),
    fact(promised, 'promised_date', '4 december', '2026-12-04', { promise: 1 }),
  ])

  const [task] = again.actions
  assert.deepEqual(task?.kind === 'create_task' && [task.payload.about, task.payload.assigneeId, task.payload.dueOn], [
    { code: 'dispute_again', type: 'price' },
    jan.id,
    '2026-11-27',
  ])
  assert.deepEqual(
    [again, planned, twice].map(({ actions }) => actions.map(({ kind }) => kind)),
    [['create_task', 'send_reply'], ['place_hold', 'create_task', 'send_reply'], ['send_reply']],
  )
  const [hold, dispute] = another.actions
  assert.deepEqual(
    [hold, dispute].map(action => (action?.kind === 'place_hold' || action?.kind === 'open_dispute' ? [action.payload.invoiceIds, action.payload.amount] : [])),
    [
      [[two], '125'],
      [[two], '125'],
    ],
  )
})

test('a promise of an amount is in the currency of its invoices; instalments of their own amounts are a plan with them', async t => {
  const office = await anOffice(t)
  await office.db.invoice.updateMany({ where: { number: '2026-003' }, data: { currency: 'GBP' } })
  const text = 'Wij betalen 50 op 4 december voor 2026-003.'
  const parts = 'Factuur 2026-002: € 200 op 1 december, de rest van € 50,50 op 4 januari.'

  const { planned } = await plan(
    office,
    text,
    ['promise_to_pay'],
    [
      fact(text, 'invoice_number', '2026-003', undefined, { promise: 1 }),
      fact(text, 'promised_date', '4 december', '2026-12-04', { promise: 1 }),
      fact(text, 'promised_amount', '50', '50', { promise: 1 }),
    ],
  )
  const agreed = await plan(
    office,
    parts,
    ['payment_plan_request'],
    [
      fact(parts, 'invoice_number', '2026-002'),
      fact(parts, 'instalment', '€ 200 op 1 december', { amount: '200', dates: ['2026-12-01', '2027-01-04'] }, { currency: 'EUR' }),
      fact(parts, 'instalment', '€ 50,50', { amount: '50.50', dates: [] }, { currency: 'EUR' }),
    ],
  )

  const [promise] = planned.actions
  assert.deepEqual(promise?.kind === 'register_promise' && [promise.payload.currency, promise.payload.saidOn], ['GBP', '2026-11-23'])
  assert.deepEqual(
    agreed.planned.actions.flatMap(action => (action.kind === 'agree_payment_plan' ? action.payload.instalments : [])),
    [
      { dueOn: '2026-12-01', amount: '200.00' },
      { dueOn: '2027-01-04', amount: '50.50' },
    ],
  )
})
