import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '#platform'
import { anOffice, aPromise } from '../proposals/support.ts'
import { testServer } from '../support/database.ts'
import type { Death } from '../support/execution-child.ts'
import { type ExecutionProcess, startExecution } from '../support/execution-process.ts'
import { forgetHeartbeats } from '../support/killed-process.ts'
import { startSmtpServer } from '../support/smtp-server.ts'

type Hooks = Pick<TestContext, 'after'>
type Company = Awaited<ReturnType<typeof aCompany>>

const childFile = join(import.meta.dirname, '../support/execution-child.ts')

/** A company with a promise to approve, on a database, a folder and a mail server of its own. */
async function aCompany(t: Hooks) {
  const office = await anOffice(t)
  const { db, folder } = office
  await db.administration.updateMany({ data: { importedAt: new Date() } })
  const proposalId = await aPromise(office)
  const server = await startSmtpServer(t)
  const [{ name } = { name: '' }] = await db.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`
  const databaseUrl = (await testServer()).url(name)
  const settings: ExecutionProcess = { databaseUrl, smtpPort: server.port, folder, staffId: office.jan.id, proposalId }
  return { office, server, settings }
}

/** One process that works for all these companies is killed when it has come to the step of each. */
async function dieAt(deaths: Death[]): Promise<void> {
  const child = spawn(process.execPath, [childFile, JSON.stringify(deaths)], { stdio: ['ignore', 'inherit', 'inherit'], timeout: 240_000 })
  const [, signal] = await once(child, 'exit')
  assert.equal(signal, 'SIGKILL', 'it came to every step')
}

/** Duncan starts on a company, and all comes to rest. */
async function comeToRest(t: Hooks, company: Company) {
  const { stop, proposals } = await startExecution(company.settings, systemClock)
  t.after(stop)
  await untilAtRest(company.office.db)
  return { proposals, found: await whatStands(company) }
}

async function whatStands({ office, server, settings }: Company) {
  const { db, folder } = office
  const entries = await db.auditEntry.findMany({ orderBy: { id: 'asc' } })
  const actions = await db.proposedAction.findMany({ where: { proposalId: settings.proposalId }, orderBy: { position: 'asc' } })
  return {
    accepted: server.accepted.length,
    messageIds: new Set(server.accepted.map(({ source }) => /^message-id:.*$/im.exec(source.toString())?.[0])).size,
    copies: globSync('mailbox/.Sent/cur/*', { cwd: folder }).length,
    promises: await db.promiseToPay.count(),
    holds: await office.standingHolds(),
    decisions: await db.decision.count(),
    mail: (await db.outboundMail.findMany()).map(({ state }) => state),
    actions: actions.map(({ kind, status }) => `${kind} ${status}`),
    // A transaction that was cut off uses up a mail's number; there is one mail, as `mail` shows.
    audit: entries.map(({ subject, event }) => `${subject.replace(/^mail:.*/, 'mail')} ${event}`).toSorted(),
  }
}

async function untilAtRest(db: Awaited<ReturnType<typeof anOffice>>['db']): Promise<void> {
  const deadline = performance.now() + 180_000
  for (;;) {
    const [{ open } = { open: 1n }] = await db.$queryRaw<{ open: bigint }[]>`
      SELECT count(*) AS open FROM pgboss.job
      WHERE (name LIKE 'mail.%' OR name = 'action.execute') AND state NOT IN ('completed', 'failed', 'cancelled') AND start_after < now() + interval '1 minute'`
    if (open === 0n) return
    if (performance.now() > deadline) assert.fail('jobs were still open after three minutes')
    await sleep(100)
  }
}

const carriedOut = {
  accepted: 1,
  messageIds: 1,
  copies: 1,
  promises: 1,
  holds: ['promise 2026-001'],
  decisions: 1,
  mail: ['sent'],
  actions: ['register_promise done', 'send_reply done'],
}

const carriedOutAfter = [
  'in_decision',
  'decided',
  'in_execution',
  'executed',
  'before_claim',
  'recorded',
  'filing',
  'appended',
  'filed',
  'in_settlement',
  'settled',
] as const
const unknownAfter = [
  { at: 'claimed', accepted: 0, verdict: 'resend', acceptedThen: 1 },
  { at: 'accepted', accepted: 1, verdict: 'resend', acceptedThen: 2 },
  { at: 'accepted', accepted: 1, verdict: 'sent', acceptedThen: 1 },
] as const

describe('an approved proposal whose process is killed', { concurrency: true }, () => {
  const cleanUp: (() => unknown)[] = []
  const hooks: Hooks = { after: hook => void cleanUp.push(hook as () => unknown) }
  const dead = new Map<unknown, Company>()
  let smoothAudit: string[] = []

  before(async () => {
    const crashes = [...carriedOutAfter.map(at => ({ key: at, at })), ...unknownAfter.map(crash => ({ key: crash, at: crash.at }))]
    for (const { key } of crashes) dead.set(key, await aCompany(hooks))
    await dieAt(crashes.map(({ key, at }) => ({ at, settings: companyOf(key).settings })))
    for (const { office } of dead.values()) await forgetHeartbeats(office.db)

    const smooth = await comeToRest(hooks, await aCompany(hooks))
    const { audit, ...rest } = smooth.found
    assert.deepEqual(rest, carriedOut)
    assert.equal(new Set(audit).size, audit.length)
    smoothAudit = audit
  })
  after(async () => {
    for (const hook of cleanUp) await hook()
  })
  const companyOf = (key: unknown): Company => {
    const company = dead.get(key)
    assert.ok(company)
    return company
  }

  for (const at of carriedOutAfter) {
    test(`at "${at}" is carried out once by the next one, with one mail and one audit entry per step`, async t => {
      const { found } = await comeToRest(t, companyOf(at))

      const { audit, ...rest } = found
      assert.deepEqual(rest, carriedOut)
      assert.deepEqual(audit, smoothAudit)
    })
  }

  for (const crash of unknownAfter) {
    const { at, accepted, verdict, acceptedThen } = crash
    test(`at "${at}" leaves the reply unknown and everything else done once; all is done, under one Message-ID, when a person says "${verdict}"`, async t => {
      const company = companyOf(crash)
      const { db, jan } = company.office

      const { found, proposals } = await comeToRest(t, company)
      const { id } = await db.proposedAction.findFirstOrThrow({ where: { kind: 'send_reply' } })
      await proposals.settleUnknown(id, jan.id, verdict, 'console')
      await untilAtRest(db)

      const { audit, ...rest } = found
      assert.deepEqual(rest, {
        ...carriedOut,
        accepted,
        messageIds: accepted,
        copies: 0,
        mail: ['unknown'],
        actions: ['register_promise done', 'send_reply unknown'],
      })
      assert.equal(new Set(audit).size, audit.length)
      const { audit: auditThen, ...then } = await whatStands(company)
      assert.deepEqual(then, { ...carriedOut, accepted: acceptedThen, decisions: 2 })
      assert.ok(auditThen.includes(verdict === 'sent' ? 'mail mail.declared_sent' : 'mail mail.sent_again'))
    })
  }
})
