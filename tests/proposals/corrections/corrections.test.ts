import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forgetCorrection, listCorrections } from '#proposals'
import { applyWording, learnWording } from '../../../src/proposals/corrections/wording.ts'
import { anOffice, aPromise, asserting, type Office } from '../support.ts'

const by = (office: Office) => ({ staffId: office.jan.id, surface: 'console' })
const replyOf = async (office: Office, id: number) => {
  const found = (await office.view(id)).actions.findLast(({ kind, status }) => kind === 'send_reply' && status !== 'undone')
  if (found?.kind !== 'send_reply') throw new Error('no reply')
  return found
}

test('the same mail is proposed the corrected way: words, recipients, what is left out, who owns it; the card says whose correction it was', async t => {
  const office = await anOffice(t)
  const { db } = office
  await db.contact.create({ data: { debtorId: office.debtor.id, email: 'boekhouding@zonneveld.example', verified: true } })
  const first = await aPromise(office)
  const { id, payload } = await replyOf(office, first)
  const edits = [{ actionId: id, text: payload.text.replace('Beste', 'Dag'), to: ['boekhouding@zonneveld.example'] }]
  await office.proposals.decide({ kind: 'reassign', proposalId: first, ...by(office), ownerId: office.mia.id })
  await office.proposals.decide({ kind: 'approve', proposalId: first, ...by(office), edits, ticked: [id] })

  const second = await office.view(await aPromise(office))
  const reply = await replyOf(office, second.id)

  assert.deepEqual(reply.payload.to, ['boekhouding@zonneveld.example'])
  assert.match(reply.payload.text, /^Dag Piet/)
  assert.deepEqual(
    second.actions.map(({ kind, ticked }) => [kind, ticked]),
    [
      ['register_promise', false],
      ['send_reply', true],
    ],
  )
  assert.equal(second.owner?.name, 'Mia')
  assert.deepEqual(
    second.learned.map(({ rule, by: name }) => `${rule} ${name}`),
    ['left_out Jan', 'wording Jan', 'recipients Jan'],
  )
  // What people wished to be left out is no fault of the next proposal; ticking it again forgets it.
  await office.proposals.decide({ kind: 'approve', proposalId: second.id, ...by(office) })
  assert.equal(await db.autonomyCase.count({ where: { proposalId: second.id, verdict: 'left_out' } }), 0)
  const third = await office.view(await aPromise(office))
  await office.proposals.decide({ kind: 'approve', proposalId: third.id, ...by(office), ticked: third.actions.map(action => action.id) })
  const fourth = await office.view(await aPromise(office))
  assert.deepEqual(
    fourth.actions.map(({ ticked }) => ticked),
    [true, true],
  )
  const standing = await listCorrections(db, {}, 10)
  assert.deepEqual(standing.map(({ rule }) => rule).toSorted(), ['owner', 'recipients', 'wording'])
  await Promise.all(standing.map(each => forgetCorrection(db, each.id, office.jan.id, new Date())))
  const plain = await office.view(await aPromise(office))
  assert.deepEqual([plain.learned, plain.owner], [[], null])
  assert.match((await replyOf(office, plain.id)).payload.text, /^Beste Piet/)
  const trail = await db.auditEntry.findMany({ where: { event: { startsWith: 'correction.' } }, include: { content: true }, orderBy: { id: 'asc' } })
  assert.equal(trail.filter(({ event }) => event === 'correction.learned').length, 4)
  assert.equal(JSON.stringify(trail.map(({ detail }) => detail)).includes('zonneveld'), false)
})

test('a correction reaches no further than a person could: another debtor, a bounced address and a distrusted mail are as ever', async t => {
  const office = await anOffice(t)
  const { db } = office
  const contact = await db.contact.create({ data: { debtorId: office.debtor.id, email: 'boekhouding@zonneveld.example', verified: true } })
  const first = await aPromise(office)
  const { id } = await replyOf(office, first)
  await office.proposals.decide({ kind: 'approve', proposalId: first, ...by(office), edits: [{ actionId: id, to: ['boekhouding@zonneveld.example'] }] })
  await db.contact.update({ where: { id: contact.id }, data: { emailStatus: 'bounced' } })

  const after = await office.view(await aPromise(office))
  const other = await office.view(await aPromise(office, { link: { kind: 'linked', debtorId: office.other.id, reason: 'sender', candidates: [] } }))
  const ask = (fields: object, reading: object = {}) =>
    office.mail('Mag ik een overzicht?', { intents: asserting('statement_request'), ...reading }, { from: 'ik@nieuw.example', ...fields })
  const unknown = await office.proposals.propose(await ask({ link: { kind: 'unknown' } }))
  await office.proposals.decide({ kind: 'link', proposalId: unknown.proposalId, ...by(office), debtorId: office.debtor.id })
  const again = await office.view((await office.proposals.propose(await ask({ link: { kind: 'unknown' } }))).proposalId)
  const guessed = { kind: 'linked', debtorId: office.other.id, reason: 'name', candidates: [] }
  const corrected = await office.view((await office.proposals.propose(await ask({ link: guessed }))).proposalId)
  const sure = await office.view((await office.proposals.propose(await ask({ link: { ...guessed, reason: 'invoice_number' } }))).proposalId)
  const spoofed = await office.proposals.propose(
    await ask({ link: { kind: 'unknown' } }, { quarantine: [{ kind: 'sender_unverified', code: 'not_from_domain' }] }),
  )

  assert.deepEqual((await replyOf(office, after.id)).payload.to, ['info@zonneveld.example'])
  assert.deepEqual([after.learned, other.learned], [[], []])
  assert.deepEqual([again.debtor?.number, again.debtor?.linkReason, again.learned[0]?.rule], ['D100', 'staff', 'link'])
  assert.deepEqual([corrected.debtor?.number, sure.debtor?.number, (await office.view(spoofed.proposalId)).debtor], ['D100', 'D200', null])
})

test('only words that could stand in any mail are learned: no figures, no explanation of one case', () => {
  const before =
    'Beste Piet,\n\nWij noteren dat u 2026-001 betaalt op 4 december.\n\nHeeft u nog vragen, dan horen wij dat graag.\n\nMet vriendelijke groet,\nNordlicht BV'
  const edits = [
    [before.replace('Beste Piet', 'Dag Piet'), [['Beste Piet,', 'Dag Piet,']]],
    [before.replace('Beste Piet', 'Geachte heer dr. Zon'), [['Beste Piet,', 'Geachte heer dr. Zon,']]],
    [before.replace('Beste Piet,', 'Beste Piet, wij gaan met uw betwisting van die factuur niet akkoord.'), []],
    [before.replace('Beste Piet,', 'Beste Piet, wij accepteren uw betwisting.'), []],
    [before.replace('Beste Piet,', 'Niet Piet,'), []],
    [before.replace('4 december', '8 december'), []],
    [
      before.replace('dan horen wij dat graag', 'dan horen wij dat van u'),
      [['Heeft u nog vragen, dan horen wij dat graag.', 'Heeft u nog vragen, dan horen wij dat van u.']],
    ],
    [before.replace('Heeft u nog vragen, dan horen wij dat graag.', 'De chauffeur gaf het pakket bij de buren af.'), []],
    [before.replace('Heeft u nog vragen, dan horen wij dat graag.\n\n', ''), []],
    [before, []],
  ] as const

  for (const [after, learned] of edits)
    assert.deepEqual(
      learnWording(before, after).map(({ from, to }) => [from, to]),
      learned,
    )
  const correction = { id: 1, by: 1, at: '', debtorId: 1, rule: 'wording', about: 'nl x', change: { from: 'Beste Piet,', to: 'Dag Piet,' } } as const
  assert.match(applyWording(before, [correction]), /^Dag Piet,\n\nWij noteren/)
})

test('a tone that a person chose is the one of the next reply about the same, to the same debtor, until somebody chooses another or forgets it', async t => {
  const office = await anOffice(t)
  const { db } = office
  const toneOf = async (id: number) => (await replyOf(office, id)).payload.tone
  const first = await aPromise(office)
  const { id, payload } = await replyOf(office, first)
  await office.proposals.decide({ kind: 'edit', proposalId: first, ...by(office), edits: [{ actionId: id, tone: 'firm' }] })
  await office.proposals.decide({ kind: 'approve', proposalId: first, ...by(office) })

  const second = await office.view(await aPromise(office))
  const ask = (fields: object = {}) => office.mail('Graag een overzicht.', { intents: asserting('statement_request') }, fields)
  const { proposalId: other } = await office.proposals.propose(
    await ask({ link: { kind: 'linked', debtorId: office.other.id, reason: 'sender', candidates: [] } }),
  )
  const { proposalId: statement } = await office.proposals.propose(await ask())
  const { id: again, payload: learned } = await replyOf(office, second.id)
  await office.proposals.decide({ kind: 'approve', proposalId: second.id, ...by(office), edits: [{ actionId: again, tone: 'neutral' }] })
  const third = await aPromise(office)
  const standing = await listCorrections(db, {}, 10)

  assert.deepEqual(
    [payload.tone, learned.tone, await toneOf(other), await toneOf(statement), await toneOf(third)],
    ['neutral', 'firm', 'neutral', 'neutral', 'neutral'],
  )
  assert.notEqual(learned.text, payload.text)
  assert.deepEqual(
    second.learned.map(({ rule, about, by: name }) => [rule, about, name]),
    [['tone', 'promise_to_pay', 'Jan']],
  )
  assert.deepEqual(
    standing.map(({ rule, change }) => [rule, change]),
    [['tone', { tone: 'neutral' }]],
  )
  assert.equal(await db.autonomyCase.count({ where: { verdict: { not: 'unchanged' } } }), 0) // another tone is no fault
})

test('a learned recipient whom nobody verified is warned of, as any other', async t => {
  const office = await anOffice(t)
  const cc = ['boekhouder@kantoor.example']
  const first = await aPromise(office, { cc })
  const { id } = await replyOf(office, first)
  await office.proposals.decide({ kind: 'approve', proposalId: first, ...by(office), edits: [{ actionId: id, to: cc, cc: [] }] })

  const next = await office.view(await aPromise(office, { cc }))

  assert.deepEqual((await replyOf(office, next.id)).payload.to, cc)
  assert.deepEqual(
    next.warnings.map(({ kind, detail }) => [kind, detail]),
    [['unverified_recipient', cc[0]]],
  )
})
