import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { searchName, searchNumber } from '#ledger'
import { createBlobs, fixedClock, type Queue, silentLog } from '#platform'
import { createProposals, type ProposalInput, type ProposalRules, type ProposalsConfig, type ProposalView, proposalsConfig, readProblems } from '#proposals'
import type { Fact, FactKind, Intent, Reading } from '#triage'
import { createTestDatabase } from '../support/database.ts'

const now = '2026-11-23T09:00:00Z' // a Monday
type Job = { name: string; payload: Record<string, number> }

/** A company with one debtor, three open invoices and a mailbox; proposals on a real database, jobs collected instead of run. */
export async function anOffice(t: Pick<TestContext, 'after'>, config: Partial<ProposalsConfig> = {}, rules?: ProposalRules) {
  const database = await createTestDatabase(t)
  const folder = mkdtempSync(join(tmpdir(), 'duncan-proposals-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const db = database.client
  const clock = fixedClock(now)
  const jobs: Job[] = []
  const queue: Pick<Queue, 'send'> = { send: async (_db, kind, payload) => void jobs.push({ name: kind.name, payload: payload as Record<string, number> }) }
  const settings = { ...proposalsConfig.parse({}), DUNCAN_DATA_DIR: folder, ...config }
  const own = rules && { rules: () => rules }
  const proposals = createProposals({ client: db, queue, blobs: createBlobs(join(folder, 'blobs')), clock, log: silentLog, config: settings, ...own })

  const administration = await db.administration.create({ data: { code: 'nordlicht', name: 'Nordlicht BV', importedAt: new Date('2026-11-23T05:00:00Z') } })
  const mailbox = await db.mailbox.create({
    data: { key: 'debtors', address: 'debtors@nordlicht.example', kind: 'maildir', startAt: new Date('2026-11-01T00:00:00Z') },
  })
  const debtor = await aDebtor('D100', 'Kwekerij Zonneveld BV', 'info@zonneveld.example')
  const other = await aDebtor('D200', 'Bakkerij De Korf', 'post@dekorf.example')
  for (const [number, amount] of [
    ['2026-001', '100.00'],
    ['2026-002', '250.50'],
    ['2026-003', '75.25'],
  ] as const)
    await anInvoice(debtor.id, number, amount)
  await anInvoice(other.id, '2026-900', '999.00')
  const jan = await db.staff.create({ data: { key: 'jan', name: 'Jan', email: 'jan@nordlicht.example', role: 'collector' } })
  const mia = await db.staff.create({ data: { key: 'mia', name: 'Mia', email: 'mia@nordlicht.example', role: 'approver' } })
  const eve = await db.staff.create({ data: { key: 'eve', name: 'Eve', email: 'eve@nordlicht.example', role: 'viewer' } })
  let mails = 0

  async function aDebtor(number: string, name: string, email: string) {
    return db.debtor.create({
      data: {
        administrationId: administration.id,
        number,
        name,
        searchName: searchName(name),
        language: 'nl',
        contacts: { create: [{ name: 'Piet Zon', email }] },
      },
      include: { contacts: true },
    })
  }

  async function anInvoice(debtorId: number, number: string, amount: string, fields: object = {}) {
    return db.invoice.create({
      data: {
        administrationId: administration.id,
        debtorId,
        number,
        searchNumber: searchNumber(number),
        invoiceDate: new Date('2026-10-01T00:00:00Z'),
        dueDate: new Date('2026-10-31T00:00:00Z'),
        currency: 'EUR',
        amount,
        openAmount: amount,
        ...fields,
      },
    })
  }

  /** Stores a mail of the debtor and what was read in it; in a thread of its own unless one is given. */
  async function mail(text: string, reading: Partial<Reading>, fields: MailFields = {}): Promise<ProposalInput> {
    mails += 1
    const from = fields.from ?? 'info@zonneveld.example'
    const [to, cc, replyTo] = [fields.to ?? ['debtors@nordlicht.example'], fields.cc ?? [], fields.replyTo ?? []]
    const receivedAt = new Date(Date.parse('2026-11-23T08:00:00Z') + mails * 1000)
    const threadId = fields.threadId ?? (await db.thread.create({ data: { mailboxId: mailbox.id, subject: 'facturen', lastMessageAt: receivedAt } })).id
    const link = fields.link ?? { kind: 'linked', debtorId: debtor.id, reason: 'sender', candidates: [] }
    const message = await db.message.create({
      data: {
        mailboxId: mailbox.id,
        debtorId: link.kind === 'linked' ? link.debtorId : null,
        rawHash: `${mails}`,
        size: 1,
        direction: 'in',
        threadId,
        fromAddress: from,
        to,
        cc,
        replyTo,
        subject: 'Facturen',
        receivedAt,
        replyText: text,
        internetMessageId: `<${mails}@zonneveld.example>`,
      },
    })
    return {
      messageId: message.id,
      mailboxId: mailbox.id,
      threadId,
      link,
      message: {
        subject: 'Facturen',
        from: { address: from, name: 'Piet' },
        replyTo,
        to,
        cc,
        receivedAt,
        internetMessageId: message.internetMessageId,
        references: [],
        replyText: text,
        attachments: [],
      },
      reading: { engine: 'local', language: 'nl', intents: [], facts: [], quarantine: [], disagreements: [], ...reading },
      bounced: fields.bounced ?? [],
    }
  }

  /** Carries out everything that waits, as the worker would. */
  async function work(): Promise<void> {
    for (const job of jobs.splice(0)) if (job.name === 'action.execute') await proposals.execute(job.payload.actionId ?? 0)
  }

  const view = async (proposalId: number): Promise<ProposalView> => {
    const found = await proposals.view(proposalId)
    if (!found) throw new Error(`no proposal ${proposalId}`)
    return found
  }
  const invoiceId = async (number: string) => (await db.invoice.findFirstOrThrow({ where: { number } })).id
  const standingHolds = async () => {
    const holds = await db.dunningHold.findMany({ where: { endedAt: null }, orderBy: { id: 'asc' } })
    const numbers = new Map((await db.invoice.findMany()).map(({ id, number }) => [id, number]))
    return holds.map(({ reason, invoiceId: id }) => `${reason} ${id === null ? 'all' : (numbers.get(id) ?? '?')}`).toSorted()
  }
  return {
    database,
    db,
    clock,
    jobs,
    queue,
    folder,
    proposals,
    administration,
    mailbox,
    debtor,
    other,
    jan,
    mia,
    eve,
    aDebtor,
    anInvoice,
    mail,
    work,
    view,
    invoiceId,
    standingHolds,
  }
}

export type Office = Awaited<ReturnType<typeof anOffice>>
type MailFields = Partial<Pick<ProposalInput, 'link' | 'bounced'>> & { from?: string; to?: string[]; cc?: string[]; replyTo?: string[]; threadId?: number }

/** Intents that a reading asserts. */
export const asserting = (...intents: Intent[]): Reading['intents'] => intents.map(intent => ({ intent, confidence: 0.9 }))

/** A fact whose evidence is where its words stand in the text. */
export function fact(text: string, kind: FactKind, words: string, value: Fact['value'] = words, more: Partial<Fact> = {}): Fact {
  const start = text.indexOf(words)
  if (start < 0) throw new Error(`"${words}" does not stand in the text`)
  return { kind, value, evidence: { start, end: start + words.length, text: words }, confidence: 0.9, ...more }
}

/** The whole of the usual: a dated promise on one invoice, proposed. */
export async function aPromise(office: Office, fields: MailFields = {}): Promise<number> {
  const text = 'Wij betalen factuur 2026-001 op 4 december.'
  const facts = [
    fact(text, 'invoice_number', '2026-001', '2026-001', { promise: 1 }),
    fact(text, 'promised_date', '4 december', '2026-12-04', { promise: 1, conditional: false }),
  ]
  const { proposalId } = await office.proposals.propose(await office.mail(text, { intents: asserting('promise_to_pay'), facts }, fields))
  return proposalId
}

/** A complaint about one invoice, proposed. */
export async function aDispute(office: Office, fields: MailFields = {}): Promise<number> {
  const text = 'Factuur 2026-002 klopt niet, de prijs is te hoog.'
  const facts = [fact(text, 'invoice_number', '2026-002'), fact(text, 'dispute_reason', 'de prijs is te hoog', 'price')]
  const { proposalId } = await office.proposals.propose(await office.mail(text, { intents: asserting('dispute'), facts }, fields))
  return proposalId
}

/** What the problems say that a view has or a row keeps: their codes. */
export const codesOf = (problems: unknown): string =>
  readProblems(problems)
    .map(({ code }) => code)
    .join()
