import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProposalView } from '#proposals'
import { proposalCard } from '../../src/chat/cards/proposal-card.ts'
import { cardContext } from '../../src/chat/context.ts'
import { aPromise, approved, aReply, aView } from './views.ts'

const english = cardContext('en', 'Europe/Amsterdam')
const card = (change: Partial<ProposalView> = {}) => proposalCard(aView(change), english)
const span = (text: string) => ({ start: 0, end: text.length, text })
const quotesOf = (change: Partial<ProposalView>) => card(change).elements.flatMap(element => (element.type === 'quote' ? [element.text] : []))
const textsOf = (change: Partial<ProposalView> = {}) => JSON.stringify(card(change).elements)

test('an open proposal says in two lines who, what and how much, and shows ticks, the literal evidence and the reply', () => {
  const drawn = card()

  assert.equal(drawn.title, 'Visser Installatie BV · register promise, send reply')
  assert.equal(drawn.subtitle, '€1,210.00 at stake · promise to pay · “RE: Reminder 2026-0412” · Petra Visser')
  assert.deepEqual(drawn.status, { text: 'Needs a decision', tone: 'warning' })
  assert.deepEqual(
    drawn.elements.flatMap(element => (element.type === 'field' && element.field.type === 'toggle' ? [[element.field.id, element.field.label]] : [])),
    [
      ['tick.1', 'Register promise to pay €1,210.00 by 6 Mar 2026 (2026-0412)'],
      ['tick.2', 'Send the reply to p.visser@visserinstallatie.example'],
    ],
  )
  assert.deepEqual(
    drawn.elements.flatMap(element => (element.type === 'quote' ? [element.text] : [])),
    ['“We will pay invoice 2026-0412 on Friday 6 March.”'],
  )
  const letter = drawn.elements.find(element => element.type === 'letter')
  assert.match(letter?.text ?? '', /^Dear Ms Visser,\n\nThank you/)
  assert.deepEqual(
    drawn.buttons.map(({ action, label, style }) => [action, label, style]),
    [
      ['proposal.approve', 'Approve and send', 'primary'],
      ['proposal.edit', 'Edit', 'default'],
      ['proposal.reject', 'Reject', 'default'],
    ],
  )
  assert.deepEqual(
    drawn.more.map(({ action }) => action),
    ['proposal.snooze', 'proposal.reassign', 'proposal.link', 'proposal.why', 'debtor.show'],
  )
  assert.match(drawn.fallback, /^Needs a decision: Visser Installatie BV · register promise, send reply\n/)
})

test('the final states say who decided, when, and whether it was edited; no decision button is left', () => {
  const done = [aPromise({ status: 'done' }), aReply({ status: 'skipped' })]
  const states: [Partial<ProposalView>, string, string][] = [
    [{ ...approved(), edited: true, actions: done }, 'Approved', 'Approved by Jan Willems, 14:03, edited'],
    [{ ...approved(), status: 'rejected' }, 'Rejected', 'Rejected by Jan Willems, 14:03'],
    [{ status: 'superseded', supersededBy: 'mail:34' }, 'Superseded', 'Answered by a colleague from the mailbox'],
    [{ status: 'superseded', supersededBy: 'proposal:13' }, 'Superseded', 'A newer mail took over'],
  ]
  for (const [change, status, line] of states) {
    const drawn = card(change)

    assert.equal(drawn.status?.text, status)
    assert.equal(drawn.elements[0]?.type === 'text' && drawn.elements[0].text, line)
    assert.deepEqual(drawn.buttons, [])
    assert.ok(drawn.fallback.includes(line))
  }
})

test('while a mail waits to leave, the card shows when it leaves, what leaves, and the way to stop it', () => {
  const at = new Date('2026-03-02T13:05:07Z')
  const drawn = card({ ...approved(), undoUntil: at, actions: [aPromise({ status: 'done' }), aReply({ status: 'scheduled', scheduledFor: at })] })

  assert.deepEqual(
    drawn.buttons.map(({ action, label }) => [action, label]),
    [['proposal.undo', 'Undo (until 14:05:07)']],
  )
  assert.ok(JSON.stringify(drawn.elements).includes('leaves at 14:05:07'))
  assert.ok(drawn.elements.some(({ type }) => type === 'letter'))
})

test('a mail that may have left is shown to a person with its three choices, of which those that it was not sent ask first', () => {
  const drawn = card({ ...approved(), actions: [aReply({ status: 'unknown' })] })

  assert.deepEqual(drawn.status, { text: 'Needs a person', tone: 'bad' })
  assert.deepEqual(
    drawn.buttons.map(({ action, style, confirm }) => [action, style, confirm?.text]),
    [
      ['action.it_left', 'default', undefined],
      [
        'action.send_again',
        'danger',
        'If the first mail did arrive after all, p.visser@visserinstallatie.example gets it twice. It is the same mail under the same Message-ID.',
      ],
      ['action.give_up', 'default', 'The reply to p.visser@visserinstallatie.example will count as not sent. Nothing is sent again by itself.'],
    ],
  )
})

test('a mail that its server did not take for everybody names who did not get it, in the reader’s language', () => {
  const view = aView({ ...approved(), actions: [aReply({ status: 'done', problems: [{ code: 'refused_for', addresses: ['gone@visser.example'] }] })] })

  const drawn = JSON.stringify(proposalCard(view, cardContext('nl', 'Europe/Amsterdam')).elements)

  assert.match(drawn, /gedaan: De mailserver nam dit niet aan voor gone@visser.example/)
})

test('a quarantined mail warns before anything else and never offers a primary button', () => {
  const hold = {
    ...aPromise({ id: 5, status: 'done', protective: true, undoable: true }),
    kind: 'place_hold',
    payload: { invoiceIds: [], reason: 'quarantine' },
    wholeDebtor: true,
  }
  const drawn = card({
    needsPerson: 'quarantine',
    quarantine: [{ kind: 'bank_change', code: 'other_account' }],
    actions: [hold as ProposalView['actions'][number]],
  })

  assert.deepEqual(drawn.status, { text: 'Quarantined', tone: 'bad' })
  assert.equal(drawn.elements[0]?.type === 'notice' && drawn.elements[0].title, 'Do not trust this mail')
  assert.deepEqual(
    [...drawn.buttons, ...drawn.more].filter(({ style }) => style === 'primary'),
    [],
  )
  assert.ok(drawn.more.some(({ action, confirm }) => action === 'action.lift' && !confirm))
  assert.ok(drawn.subtitle?.includes('p.visser@visserinstallatie.example'), 'the address itself is shown, not the name it gives itself')
})

test('two possible debtors are both offered and none is taken for the right one', () => {
  const candidate = { number: '1', name: 'A', administration: 'Harbourlight', reasons: ['name'] }
  const change = {
    debtor: null,
    needsPerson: 'ambiguous',
    actions: [],
    candidates: [
      { ...candidate, debtorId: 8 },
      { ...candidate, debtorId: 9, number: '2', name: 'B' },
    ],
  } as const

  const drawn = card(change as unknown as Partial<ProposalView>)

  assert.deepEqual(
    drawn.buttons.map(({ action, data }) => [action, data.debtor]),
    [
      ['proposal.link_to', '8'],
      ['proposal.link_to', '9'],
      ['proposal.approve', undefined],
    ],
  )
  assert.ok(drawn.more.some(({ action }) => action === 'proposal.link'))
})

test('the words that a proposal rests on stand in their whole sentence, marked, and a sentence is quoted once', () => {
  const replyText = 'Dear sir,\n\nSorry for the delay. We will pay invoice 2026-0412\non Friday 6 March. The rest follows.\n\nPetra'
  const at = (text: string) => ({ start: replyText.indexOf(text), end: replyText.indexOf(text) + text.length, text })
  const actions = [aPromise({ evidence: [at('Friday 6 March'), at('2026-0412')] }), aReply({ evidence: [at('2026-0412')] })]

  const quotes = card({ message: { ...aView().message, replyText }, actions }).elements.filter(element => element.type === 'quote')

  const [quote] = quotes
  assert.equal(quotes.length, 1)
  assert.equal(quote?.text, '“We will pay invoice 2026-0412\non Friday 6 March.”')
  assert.deepEqual(
    quote?.marks.map(({ start, end }) => quote.text.slice(start, end)),
    ['Friday 6 March', '2026-0412', '2026-0412'],
  )
})

test('words that are not in this mail stand alone with their place, and a mail that nothing quotes is shown by its first words', () => {
  const evidence = { ...span('2026-0412'), field: 'subject' } as const

  assert.deepEqual(quotesOf({ actions: [aPromise({ evidence: [evidence, evidence] })] }), ['“2026-0412”'])
  assert.deepEqual(quotesOf({ needsPerson: 'unclear', actions: [] }), ['“Dear sir,\nWe will pay invoice 2026-0412 on Friday 6 March.\nRegards, Petra”'])
})

test('how much is said in the invoices’ own currency', () => {
  const [invoice] = aPromise().invoices
  assert.ok(invoice)
  const zloty = { ...invoice, id: 12, currency: 'PLN', openAmount: '99.95' }

  const drawn = card({ atStake: null, actions: [aPromise({ invoices: [invoice, zloty] }), aReply({ invoices: [zloty] })] })

  assert.ok(drawn.subtitle?.startsWith('€1,210.00 + PLN'), drawn.subtitle)
  assert.ok(drawn.subtitle?.includes('99.95'))
})

test('what is not clear leaves a person something to do: write the reply, file it, or link it', () => {
  const blank = aReply({ ticked: false, payload: { ...aReply().payload, template: 'blank' } })

  const unclear = card({ needsPerson: 'unclear', actions: [blank] })
  const thanks = card({ intents: [{ intent: 'acknowledgement', confidence: 0.9 }], actions: [] })
  const unlinked = card({ debtor: null, needsPerson: 'unlinked', actions: [] })

  const buttons = (drawn: typeof unclear) => drawn.buttons.map(({ action, label, style }) => [action, label, style])
  assert.deepEqual(buttons(unclear), [
    ['proposal.edit', 'Write the reply', 'primary'],
    ['proposal.approve', 'File without a reply', 'default'],
    ['proposal.reject', 'Reject', 'default'],
  ])
  assert.deepEqual(buttons(thanks), [
    ['proposal.approve', 'File, nothing to do', 'primary'],
    ['proposal.reject', 'Reject', 'default'],
  ])
  assert.deepEqual(buttons(unlinked), [
    ['proposal.link', 'Link to a debtor', 'primary'],
    ['proposal.approve', 'File, nothing to do', 'default'],
  ])
  assert.equal(card({ ...approved(), actions: [] }).status?.text, 'Filed')
})

test('a long reply and long evidence are cut, and the card says by how much', () => {
  const long = '€'.repeat(1600)
  const evidence = { start: 0, end: 400, text: 'x'.repeat(400) }

  const texts = textsOf({ actions: [aPromise({ evidence: [evidence] }), aReply({ payload: { ...aReply().payload, text: long } })] })

  assert.ok(texts.includes(`${'€'.repeat(1500)}\\n… 100 more characters under Edit`))
  assert.ok(texts.includes(`${'x'.repeat(280)}…`))
  assert.ok(!texts.includes('x'.repeat(281)))
})

test('every state and language has a card with at most three buttons in sight and a fallback', () => {
  const statuses = ['open', 'awaiting_second', 'approved', 'rejected', 'snoozed', 'superseded', 'expired'] as const
  for (const language of ['en', 'nl', 'fr', 'de', 'pl']) {
    for (const status of statuses) {
      const drawn = proposalCard(aView({ status, snoozedUntil: new Date('2026-03-03T07:00:00Z') }), cardContext(language, 'Europe/Amsterdam'))

      assert.ok(drawn.fallback.trim() !== '' && drawn.title.trim() !== '', `${language} ${status}`)
      assert.ok(drawn.buttons.length <= 3)
      assert.ok(!/undefined|\[object|NaN/.test(JSON.stringify(drawn)), `${language} ${status}`)
    }
  }
})
