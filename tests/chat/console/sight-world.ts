import type { TestContext } from 'node:test'
import { createChat } from '#chat'
import { createSignInLink, type Staff } from '#people'
import { createBlobs, fixedClock, silentLog } from '#platform'
import { createProposals, type ProposalInput, proposalsConfig } from '#proposals'
import { createTestDatabase } from '../../support/database.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { chatSettings } from '../chat-settings.ts'
import { serve } from './start-console.ts'

export const administrations = ['adm-a', 'adm-b', 'adm-c']
export const mailboxes = ['box-a', 'box-b']
const folders = ['INBOX', 'Archive/2026', 'Sent']
/** Two debtors of each administration, by their place in this list. */
export const debtorCount = administrations.length * 2
export const administrationOf = (debtor: number): string => administrations[Math.floor(debtor / 2)] ?? ''

export type MailPlan = { mailbox: number; folders: number[]; debtors: number[]; thread: number; direction: 'in' | 'out' }
export type StaffPlan = { administrations: string[]; mailboxes: string[]; role: string }

/** Everything that a mail is known by, found nowhere else: parts of names and texts, and ids far from all others. */
type Marks = { tokens: string[] }
export type WorldMail = MailPlan & Marks & { id: number; proposalId: number | null; attachmentId: number }
type WorldDebtor = Marks & { id: number; index: number; name: string; number: string; invoice: string }

/** A company of several administrations and mailboxes, its mails as proposals on their cards, and a console that its people sign in to. */
export async function aWorld(t: Pick<TestContext, 'after'>, mailPlans: MailPlan[], staffPlans: StaffPlan[], isRouted: boolean) {
  const database = await createTestDatabase(t)
  const { client } = database
  // Ids that no other number in an answer can be taken for.
  for (const [table, start] of [
    ['Debtor', 91],
    ['Message', 92],
    ['Proposal', 93],
    ['ProposedAction', 94],
    ['Attachment', 95],
    ['ChatPost', 96],
    ['Invoice', 97],
    ['Thread', 98],
  ] as const) {
    await client.$executeRawUnsafe(`ALTER SEQUENCE "${table}_id_seq" RESTART WITH ${start}000001`)
  }
  const clock = fixedClock('2026-11-23T09:00:00Z')
  const blobs = createBlobs(temporaryFolder(t))
  const queue = { send: async () => undefined }
  const proposals = createProposals({ client, queue, blobs, clock, log: silentLog, config: proposalsConfig.parse({}) })
  const chat = createChat({ client, clock, proposals, ...chatSettings })
  const { url, close } = await serve(database, clock, chat, blobs, { proposals })
  t.after(close)

  const debtors: WorldDebtor[] = []
  for (const code of administrations) {
    const administration = await client.administration.create({ data: { code, name: `Books ${code}x`, importedAt: new Date('2026-11-23T05:00:00Z') } })
    for (const half of [0, 1]) {
      const index = debtors.length
      const [mark, number, invoice] = [`dq${index}zed`, `DEB${index}7731`, `INV${index}5519`]
      const name = `Kwekerij ${mark}`
      const { id } = await client.debtor.create({ data: { administrationId: administration.id, number, name, searchName: name.toLowerCase(), language: 'nl' } })
      const money = { currency: 'EUR', amount: 100 + index, openAmount: 100 + index }
      const dates = { invoiceDate: new Date('2026-10-01'), dueDate: new Date('2026-10-31') }
      const row = await client.invoice.create({
        data: { administrationId: administration.id, debtorId: id, number: invoice, searchNumber: invoice, ...money, ...dates },
      })
      await client.contact.create({ data: { debtorId: id, name: `Contact ${mark}`, email: `info@${mark}.example` } })
      await client.note.create({ data: { debtorId: id, text: `Note on ${mark}`, pinned: half === 0 } })
      debtors.push({ id, index, name, number, invoice, tokens: [mark, number, invoice, String(id), String(row.id)] })
    }
  }
  const boxes: { id: number; folders: number[] }[] = []
  for (const key of mailboxes) {
    const { id } = await client.mailbox.create({ data: { key, address: `${key}@creditor.example`, kind: 'maildir', startAt: new Date('2026-01-01') } })
    const rows = []
    for (const path of folders) rows.push(await client.mailFolder.create({ data: { mailboxId: id, path, role: path === 'Sent' ? 'sent' : 'inbox' } }))
    boxes.push({ id, folders: rows.map(row => row.id) })
  }
  if (isRouted) {
    await client.route.create({ data: { key: 'a', channel: 'books-a', administrations: ['adm-a'] } })
    await client.route.create({ data: { key: 'b', channel: 'archive', mailboxes: ['box-a/Archive/2026'], administrations: ['adm-b'] } })
  }

  const threads = new Map<string, number>()
  const mails: WorldMail[] = []
  for (const [index, planned] of mailPlans.entries()) {
    const box = boxes[planned.mailbox]
    if (!box) continue
    const mark = `mk${index}qux`
    const receivedAt = new Date(Date.parse('2026-11-23T08:00:00Z') + index * 1000)
    const threadKey = `${planned.mailbox}.${planned.thread}`
    const threadId = threads.get(threadKey) ?? (await client.thread.create({ data: { mailboxId: box.id, subject: 'x', lastMessageAt: receivedAt } })).id
    threads.set(threadKey, threadId)
    const linked = planned.debtors.flatMap(place => debtors[place]?.id ?? [])
    const [only] = linked
    const candidates = linked.length > 1 ? linked.map(debtorId => ({ debtorId, reasons: ['name'] })) : []
    const text = `Wij betalen factuur ${mark} op 4 december.`
    const message = await client.message.create({
      data: {
        mailboxId: box.id,
        rawHash: (await blobs.put(Buffer.from(`Subject: ${mark}\r\n\r\n${text}\r\n`))).hash,
        size: 10,
        direction: planned.direction,
        threadId,
        debtorId: linked.length === 1 ? (only ?? null) : null,
        candidates,
        fromAddress: `piet@${mark}.example`,
        fromName: `Piet ${mark}`,
        to: ['box@creditor.example'],
        subject: `Vraag ${mark}`,
        receivedAt,
        text,
        replyText: text,
        locations: { create: planned.folders.map(place => ({ folderId: box.folders[place] ?? 0, uidValidity: 1n, uid: BigInt(index + 1) })) },
        attachments: { create: { fileName: `bijlage-${mark}.pdf`, contentType: 'application/pdf', size: 5 } },
      },
      include: { attachments: true },
    })
    const input: ProposalInput = {
      messageId: message.id,
      mailboxId: box.id,
      threadId,
      link:
        linked.length === 1 && only !== undefined
          ? { kind: 'linked', debtorId: only, reason: 'sender', candidates: [] }
          : linked.length > 1
            ? { kind: 'ambiguous', candidates: linked.map(debtorId => ({ debtorId, reasons: ['name'] })) }
            : { kind: 'unknown' },
      message: {
        subject: message.subject,
        from: { address: message.fromAddress ?? '', name: message.fromName ?? '' },
        replyTo: [],
        to: message.to,
        cc: [],
        receivedAt,
        internetMessageId: null,
        references: [],
        replyText: text,
        attachments: [],
      },
      reading: {
        engine: 'local',
        language: 'nl',
        intents: [
          { intent: 'promise_to_pay', confidence: 0.9 },
          { intent: 'other_question', confidence: 0.9 },
        ],
        facts: [{ kind: 'promised_date', value: '2026-12-04', evidence: evidenceOf(text, '4 december'), confidence: 0.9 }],
        quarantine: [],
        disagreements: [],
      },
      bounced: [],
    }
    const proposalId = planned.direction === 'in' ? (await proposals.propose(input)).proposalId : null
    mails.push({
      ...planned,
      id: message.id,
      proposalId,
      attachmentId: message.attachments[0]?.id ?? 0,
      tokens: [mark, String(message.id), String(message.attachments[0]?.id), ...(proposalId === null ? [] : [String(proposalId)])],
    })
  }
  for (const { proposalId } of mails) if (proposalId !== null) await chat.postProposal(proposalId)

  const people: Staff[] = []
  for (const [index, planned] of staffPlans.entries()) {
    people.push(await client.staff.create({ data: { key: `person${index}`, name: `Person ${index}`, email: `person${index}@creditor.example`, ...planned } }))
  }
  const link = (staff: Staff) => createSignInLink(client, clock, staff.id, url)
  return { client, chat, url, debtors, mails, people, link }
}

function evidenceOf(text: string, words: string): { start: number; end: number; text: string } {
  const start = text.indexOf(words)
  return { start, end: start + words.length, text: words }
}

export const placesOf = ({ mailbox, folders: lies }: MailPlan): string[] => [
  mailboxes[mailbox] ?? '',
  ...lies.map(place => `${mailboxes[mailbox]}/${folders[place]}`),
]
