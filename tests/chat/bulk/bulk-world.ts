import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { createChat } from '#chat'
import type { DebtorLink } from '#mail'
import { findStaff, type Staff } from '#people'
import type { Card } from '../../../src/chat/card.ts'
import { asPost } from '../../../src/chat/posts.ts'
import { anOffice, asserting, fact } from '../../proposals/support.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { chatSettings } from '../chat-settings.ts'

type Proposals = Awaited<ReturnType<typeof anOffice>>['proposals']
type Options = { language?: string; from?: number | 'never'; decide?: (decide: Proposals['decide']) => Proposals['decide'] }

/**
 * The office of Nordlicht with as many debtors as are wanted, each of whom asks for a copy of one invoice: proposals and chat on a real
 * database, jobs kept until `settle` does them. Jan is a collector, Mia an approver.
 */
export async function aBulkWorld(t: TestContext, count: number, { language = 'en', from = 5, decide = real => real }: Options = {}) {
  const copies = temporaryFolder(t)
  const office = await anOffice(t, { DUNCAN_INVOICE_COPIES: copies })
  const { db, jobs } = office
  const proposals = { ...office.proposals, decide: decide(office.proposals.decide) }
  const [runs, redraws]: [number[], number[]] = [[], []]
  const chat = createChat({
    ...chatSettings,
    client: db,
    clock: office.clock,
    proposals,
    language,
    bulks: {
      from: () => from,
      startRun: async (_tx, runId) => void runs.push(runId),
      redraw: async (_tx, ids) => void redraws.push(...ids),
    },
  })

  /** A debtor whose mail asks for a copy of its invoice, proposed; its card is drawn by `settle`. */
  async function ask(index: number, amount = `${index}00.00`, currency = 'EUR'): Promise<number> {
    const [number, address] = [`F-${1000 + index}`, `info@debtor${index}.example`]
    const debtor = await office.aDebtor(`K${index}`, `Debtor ${index} BV`, address)
    await office.anInvoice(debtor.id, number, amount, { currency })
    writeFileSync(join(copies, `${number}.pdf`), '%PDF-1.7\n')
    const text = `Graag een kopie van factuur ${number}.`
    const reading = { intents: asserting('invoice_copy_request'), facts: [fact(text, 'invoice_number', number)] }
    const link: DebtorLink = { kind: 'linked', debtorId: debtor.id, reason: 'sender', candidates: [] }
    return (await office.proposals.propose(await office.mail(text, reading, { from: address, link }))).proposalId
  }

  /** Does every job that waits, and those that come of it. `execute`: also the actions of what was approved. */
  async function settle({ run = true, execute = false } = {}): Promise<void> {
    for (;;) {
      const todo = jobs.splice(0)
      const drawn = [...redraws.splice(0), ...todo.flatMap(({ name, payload }) => (name.startsWith('proposal.') ? (payload.proposalId ?? []) : []))]
      const started = run ? runs.splice(0) : []
      if (execute) for (const { name, payload } of todo) if (name === 'action.execute') await office.proposals.execute(payload.actionId ?? 0)
      for (const id of new Set(drawn)) await chat.postProposal(id)
      for (const id of started) await chat.runBulk(id)
      if (drawn.length + started.length === 0) return
    }
  }

  const press = (staff: Staff, action: string, data: Record<string, string> = {}, values: Record<string, string> = {}) =>
    chat.click({ staff, surface: 'console', action, data, values })

  /** The posts of the channel, without their threads, by subject. */
  async function cards(): Promise<Map<string, Card>> {
    const posts = await db.chatPost.findMany({ where: { parentId: null, privateTo: null }, orderBy: { id: 'asc' } })
    return new Map(posts.map(post => [post.subject, asPost(post).card]))
  }

  const bulkOf = async (): Promise<string> => String((await db.chatBulk.findFirstOrThrow({ orderBy: { id: 'desc' } })).id)

  /** Looks through a bulk, takes ticks away, and confirms; the outcome of the last button. */
  async function approve(staff: Staff, bulk: string, without: number[] = []) {
    const looked = await press(staff, 'bulk.review', { bulk })
    if (looked.kind !== 'form') return looked
    const data = looked.card.buttons[0]?.data ?? {}
    const asked = await press(staff, 'bulk.confirm', data, Object.fromEntries(without.map(id => [`item.${id}`, 'false'])))
    return asked.kind === 'form' ? press(staff, 'bulk.approve', asked.card.buttons[0]?.data) : asked
  }

  /** The receipts of a bulk, as their rows say them, the newest run last. */
  async function receipts(bulk: string): Promise<{ title: string; rows: string[] }[]> {
    const posts = await db.chatPost.findMany({ where: { subject: { startsWith: `bulk:${bulk}:run:` } }, orderBy: { id: 'asc' } })
    return posts.map(post => {
      const { card } = asPost(post)
      return { title: card.title, rows: card.elements.flatMap(element => (element.type === 'table' ? element.rows.map(row => row.join(' | ')) : [])) }
    })
  }

  const ids: number[] = []
  for (let index = 1; index <= count; index++) ids.push(await ask(index))
  await settle()
  const staff = async (key: string) => {
    const person = await findStaff(db, key)
    if (!person) throw new Error(`nobody is called ${key}`)
    return person
  }
  return { ...office, proposals, chat, ids, runs, ask, settle, press, cards, bulkOf, approve, receipts, jan: await staff('jan'), mia: await staff('mia') }
}

/** All that a card says, in one text. */
export const textOf = (card: Card | undefined): string => JSON.stringify(card)
