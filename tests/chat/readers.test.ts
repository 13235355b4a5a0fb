import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cardSchema } from '#chat'
import { ensureStaff } from '#people'
import { proposalCard } from '../../src/chat/cards/proposal-card.ts'
import { cardContext } from '../../src/chat/context.ts'
import { writePost } from '../../src/chat/posts.ts'
import { disclosedCard, disclosureOf, type Readers, withdrawnCard } from '../../src/chat/readers.ts'
import { languages, wordsOf } from '../../src/chat/words/index.ts'
import { startConsole } from './console/start-console.ts'
import { aPromise, approved, aReply, aView } from './views.ts'

test('what a place shows of a post, by who reads there: all when every reader may see it, no mail when that is not known, else nothing', async t => {
  const { client, clock, chat, jan, eva } = await startConsole(t, [aView({ id: 12 })])
  const administration = await client.administration.create({ data: { code: 'HL', name: 'Harbourlight' } })
  const mail = { mailboxId: 1, size: 1, direction: 'in', receivedAt: new Date('2026-03-02') }
  const message = await client.message.create({ data: { ...mail, rawHash: 'x' } })
  await client.proposal.create({ data: { id: 12, messageId: message.id, mailboxId: 1, summary: 'x', status: 'open' } })
  const person = async (key: string, fields: { mailboxes?: string[]; administrations?: string[]; active?: boolean }) => {
    const { id } = await ensureStaff(client, { key, name: key, email: `${key}@harbourlight.example`, role: 'collector' })
    return client.staff.update({ where: { id }, data: fields })
  }
  const [narrow, left] = [await person('narrow', { administrations: [administration.code], mailboxes: ['debtors'] }), await person('left', { active: false })]
  const blind = await person('blind', { mailboxes: ['archive'] })
  const aCard = cardSchema.parse({ title: 'x', elements: [], fallback: 'x' })
  const place = { surface: 'console', channel: 'debtors' }
  const posts = {
    proposal: await chat.postProposal(12),
    ops: await writePost(client, clock, { ...place, channel: 'ops', subject: 'ops:1' }, aCard),
    shared: await writePost(client, clock, { ...place, subject: 'shared', sight: { administrations: 'all', mailboxes: ['debtors'] } }, aCard),
    answer: await writePost(client, clock, { ...place, subject: 'answer', privateTo: jan.id, sight: { administrations: 'all', mailboxes: 'all' } }, aCard),
  }
  const known = (...staff: (typeof jan)[]): Readers => ({ kind: 'known', staff })
  const table: [string, Readers, Record<keyof typeof posts, string>][] = [
    ['everybody sees all', known(jan, eva), { proposal: 'all', ops: 'all', shared: 'all', answer: 'nothing' }],
    ['one person alone', known(jan), { proposal: 'all', ops: 'all', shared: 'all', answer: 'all' }],
    ['one sees only an administration', known(jan, narrow), { proposal: 'all', ops: 'nothing', shared: 'nothing', answer: 'nothing' }],
    ['one sees another mailbox', known(jan, blind), { proposal: 'nothing', ops: 'nothing', shared: 'nothing', answer: 'nothing' }],
    ['one has left', known(jan, left), { proposal: 'nothing', ops: 'nothing', shared: 'nothing', answer: 'nothing' }],
    ['nobody', known(), { proposal: 'nothing', ops: 'nothing', shared: 'nothing', answer: 'nothing' }],
    ['not known', { kind: 'unknown' }, { proposal: 'no_mail_text', ops: 'no_mail_text', shared: 'no_mail_text', answer: 'nothing' }],
  ]

  for (const [who, readers, expected] of table) {
    const told: Record<string, string> = {}
    for (const [name, post] of Object.entries(posts)) told[name] = post ? await disclosureOf(client, post, readers) : 'no post'
    assert.deepEqual(told, expected, who)
  }

  const { proposal, shared } = posts
  assert.ok(proposal)
  assert.equal(disclosedCard(proposal.card, 'all')?.guarded, undefined)
  assert.equal(disclosedCard(proposal.card, 'nothing'), undefined)
  assert.equal(disclosedCard(shared.card, 'no_mail_text'), undefined, 'a card that has no guarded form is not shown at all')
})

test('where it is not known who reads, a card says whose matter it is and how much, in every state, and no word that came by mail', () => {
  const secret = 'qzx7'
  const [text, span] = [`${secret} text`, { start: 0, end: 4, text: secret }]
  const message = { ...aView().message, from: { address: `${secret}@visser.example`, name: secret }, subject: secret, replyText: text }
  const file = { id: 31, fileName: `${secret}.pdf`, contentType: 'application/pdf', size: 48, inline: false }
  const task = { ...aPromise({ id: 3 }), kind: 'create_task', payload: { title: secret, dueOn: null } } as never
  const reply = aReply({ payload: { ...aReply().payload, to: [`${secret}@visser.example`], subject: secret, text } })
  const view = aView({
    message: { ...message, attachments: [file] },
    actions: [aPromise({ evidence: [span] }), reply, task],
    facts: [{ kind: 'promised_date', value: '2026-03-06', evidence: span, confidence: 0.9 }],
    warnings: [{ kind: 'engines_disagree', detail: secret }],
    quarantine: [{ kind: 'look_alike', code: 'said', text: secret }] as never,
    disagreements: [secret],
    needsPerson: 'unclear',
  })
  const reason = { kind: 'reject', by: { id: 5, name: 'Jan Willems' }, at: new Date('2026-03-02T13:03:00Z'), edited: false, surface: 'console', detail: {} }
  const states = [
    view,
    { ...view, debtor: null },
    { ...view, ...approved() },
    { ...view, status: 'rejected' as const, decisions: [{ ...reason, reason: secret }] },
  ]

  for (const language of languages) {
    for (const state of states) {
      const card = proposalCard(state, cardContext(language, 'Europe/Amsterdam'))
      const shown = disclosedCard(card, 'no_mail_text')

      assert.ok(JSON.stringify({ ...card, guarded: undefined }).includes(secret))
      assert.ok(!JSON.stringify(shown).includes(secret), `${language} ${state.status}`)
      assert.ok(JSON.stringify(shown).includes(state.debtor?.name ?? wordsOf(language).card.unknownDebtor))
      assert.match(JSON.stringify(shown), /1[.,\u202f\u00a0 ]?210/u)
      assert.deepEqual(
        shown?.buttons.map(({ action }) => action),
        ['proposal.show'],
      )
      assert.notEqual(withdrawnCard(wordsOf(language)).fallback, '')
    }
  }
})
