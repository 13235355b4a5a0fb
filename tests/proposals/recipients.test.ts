import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { chooseRecipients, mayReceive } from '../../src/proposals/recipients.ts'
import { anOffice, asserting } from './support.ts'

const pool = [
  'info@zonneveld.example',
  'Boek@zonneveld.example',
  'admin@zonneveld.example',
  'x@evil.example',
  'debtors@nordlicht.example',
  'post@dekorf.example',
  'no-reply@zonneveld.example',
  'not an address',
  'a@b',
]
const address = fc.constantFrom(...pool)
const addresses = fc.array(address, { maxLength: 4 })

test('whatever a mail claims, its reply goes only to participants of its thread or verified contacts of its debtor', async t => {
  const office = await anOffice(t)

  await fc.assert(
    fc.asyncProperty(
      fc.record({
        from: address,
        to: addresses,
        cc: addresses,
        replyTo: addresses,
        earlier: addresses,
        verified: addresses,
        unverified: addresses,
        edited: addresses,
      }),
      async mail => {
        await office.db.proposal.deleteMany()
        await office.db.contact.deleteMany()
        const contacts = [...mail.verified.map(email => ({ email, verified: true })), ...mail.unverified.map(email => ({ email, verified: false }))]
        await office.db.contact.createMany({
          data: contacts.map(({ email, verified }) => ({ debtorId: office.debtor.id, email: email.toLowerCase(), verified })),
        })
        await office.db.contact.create({ data: { debtorId: office.other.id, email: 'post@dekorf.example' } })
        const before = await office.mail('eerder', {}, { from: 'info@zonneveld.example', to: mail.earlier })
        const lock = new Set([mail.from, ...mail.to, ...mail.cc, ...mail.earlier, 'info@zonneveld.example', ...mail.verified].map(each => each.toLowerCase()))
        lock.delete('debtors@nordlicht.example')

        const input = await office.mail('Graag een overzicht.', { intents: asserting('statement_request') }, { ...mail, threadId: before.threadId ?? 0 })
        const { proposalId } = await office.proposals.propose(input)
        const planned = (await office.view(proposalId)).actions.find(action => action.kind === 'send_reply')
        if (planned?.kind === 'send_reply' && mail.edited.length > 0) {
          const edits = [{ actionId: planned.id, to: mail.edited }]
          await office.proposals.decide({ kind: 'approve', proposalId, staffId: office.jan.id, surface: 'console', edits })
          await office.work()
        }

        const stored = (await office.view(proposalId)).actions.find(action => action.kind === 'send_reply')
        const sent = await office.db.outboundMail.findMany({ where: { actionId: stored?.id ?? 0 } })
        const recipients = [
          ...(stored?.kind === 'send_reply' ? [...stored.payload.to, ...stored.payload.cc] : []),
          ...sent.flatMap(({ to, cc }) => [...to, ...cc]),
        ]
        assert.deepEqual(
          recipients.filter(each => !lock.has(each.toLowerCase())),
          [],
        )
      },
    ),
    { numRuns: 25 },
  )
})

test('the choice of recipients never leaves the lock, and an ignored Reply-To never receives anything', () => {
  const set = addresses.map(list => new Set(list.map(each => each.toLowerCase())))
  const locks = fc.record({ participants: set, verified: set, barred: set })
  const envelopes = fc.record({ from: fc.option(address, { nil: undefined }), replyTo: addresses, to: addresses, cc: addresses })

  fc.assert(
    fc.property(locks, envelopes, (lock, envelope) => {
      const { to, cc, ignoredReplyTo } = chooseRecipients(lock, envelope)

      for (const each of [...to, ...cc]) {
        assert.ok(mayReceive(lock, each))
        assert.ok(lock.participants.has(each) || lock.verified.has(each))
        assert.ok(!lock.barred.has(each))
      }
      assert.deepEqual(
        [...to, ...cc].filter(each => ignoredReplyTo.includes(each)),
        [],
      )
      assert.equal(new Set([...to, ...cc]).size, to.length + cc.length)
      assert.ok(to.length > 0 || cc.length === 0)
    }),
    { numRuns: 3000 },
  )
})

test('a Reply-To of another domain is used only when it is a verified contact already', async t => {
  const office = await anOffice(t)
  const strange = { replyTo: ['claims@evil.example'], cc: ['claims@evil.example'] }
  const propose = async () =>
    office.view((await office.proposals.propose(await office.mail('Overzicht?', { intents: asserting('statement_request') }, strange))).proposalId)
  const toOf = (view: Awaited<ReturnType<typeof propose>>) =>
    view.actions.flatMap(action => (action.kind === 'send_reply' ? [[...action.payload.to, ...action.payload.cc]] : []))

  const before = await propose()
  await office.db.contact.create({ data: { debtorId: office.debtor.id, email: 'claims@evil.example' } })
  const after = await propose()

  assert.deepEqual(toOf(before), [['info@zonneveld.example']])
  assert.deepEqual(before.warnings, [{ kind: 'reply_to_ignored', detail: 'claims@evil.example' }])
  assert.deepEqual(toOf(after), [['claims@evil.example']])
})

test('a sender who is no contact yet is shown as such, and nobody answers an unattended address', async t => {
  const office = await anOffice(t)
  const propose = async (from: string) =>
    office.view((await office.proposals.propose(await office.mail('Overzicht?', { intents: asserting('statement_request') }, { from }))).proposalId)

  const [stranger, machine] = [await propose('new@zonneveld.example'), await propose('no-reply@zonneveld.example')]

  assert.deepEqual(stranger.warnings, [{ kind: 'unverified_recipient', detail: 'new@zonneveld.example' }])
  assert.deepEqual([machine.actions.length, machine.warnings.map(({ kind }) => kind)], [0, ['no_recipient']])
})

test('an address to which mail bounced is not chosen in the first place, neither as addressee nor in copy', async t => {
  const office = await anOffice(t)
  await office.db.contact.create({ data: { debtorId: office.debtor.id, email: 'gone@zonneveld.example', emailStatus: 'bounced' } })
  const propose = async (fields: object) =>
    office.view((await office.proposals.propose(await office.mail('Overzicht?', { intents: asserting('statement_request') }, fields))).proposalId)
  const recipients = (view: Awaited<ReturnType<typeof propose>>) =>
    view.actions.flatMap(action => (action.kind === 'send_reply' ? [...action.payload.to, ...action.payload.cc] : []))

  const [inCopy, sender] = [await propose({ cc: ['Gone@zonneveld.example'] }), await propose({ from: 'gone@zonneveld.example' })]
  const approved = await office.proposals.decide({ kind: 'approve', proposalId: inCopy.id, staffId: office.jan.id, surface: 'console' })

  assert.deepEqual([recipients(inCopy), recipients(sender)], [['info@zonneveld.example'], []])
  assert.deepEqual([sender.warnings.map(({ kind }) => kind), approved.kind], [['no_recipient'], 'decided'])
})

test('an address that bounces after the reply was planned is named as such, and the reply leaves without it', async t => {
  const office = await anOffice(t)
  await office.db.contact.create({ data: { debtorId: office.debtor.id, email: 'cfo@zonneveld.example' } })
  const input = await office.mail('Overzicht?', { intents: asserting('statement_request') }, { cc: ['cfo@zonneveld.example'] })
  const { proposalId } = await office.proposals.propose(input)
  await office.db.contact.updateMany({ where: { email: 'cfo@zonneveld.example' }, data: { emailStatus: 'bounced' } })
  const decision = { kind: 'approve', proposalId, staffId: office.jan.id, surface: 'console' } as const

  const refused = await office.proposals.decide(decision)
  const actionId = (await office.view(proposalId)).actions[0]?.id ?? 0
  const approved = await office.proposals.decide({ ...decision, edits: [{ actionId, cc: [] }] })

  assert.deepEqual(refused.kind === 'invalid' && refused.problems[0], { code: 'recipient_barred', address: 'cfo@zonneveld.example', actionId })
  assert.equal(approved.kind, 'decided')
})

test('a stranger in copy is shown as such', async t => {
  const office = await anOffice(t)
  const input = await office.mail('Overzicht?', { intents: asserting('statement_request') }, { cc: ['somebody@elsewhere.example'] })

  const view = await office.view((await office.proposals.propose(input)).proposalId)

  assert.deepEqual(view.warnings, [{ kind: 'unverified_recipient', detail: 'somebody@elsewhere.example' }])
})
