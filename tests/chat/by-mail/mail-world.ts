import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import express from 'express'
import { type ParsedMail, simpleParser } from 'mailparser'
import { byMailKind, createByMail, createChat } from '#chat'
import { createNumberShapes, handleInboundMail, type InboundDeps } from '#flows'
import { authenticateSender, createParser, createSmtpTransport, receive } from '#mail'
import { createBlobs, createOps, fromInstant, silentLog } from '#platform'
import { createTriage } from '#triage'
import { anOffice } from '../../proposals/support.ts'
import { type SmtpBehaviour, startSmtpServer } from '../../support/smtp-server.ts'
import { chatSettings } from '../chat-settings.ts'

const receivingServer = 'mx.nordlicht.example'
const noDns = async () => Promise.reject(Object.assign(new Error('no DNS'), { code: 'ETIMEOUT' }))

type Options = { settings?: Partial<ReturnType<typeof byMailKind.schema.parse>>; smtp?: SmtpBehaviour }

/**
 * The office of Nordlicht, with decisions by mail: a real SMTP server that its mails leave by, the way that mails come in with the real
 * sender check, and the page of the links over HTTP. Jan owns the debtor; Mia may give second votes; Eve only looks.
 */
export async function aMailWorld(t: TestContext, { settings = {}, smtp: behaviour = {} }: Options = {}) {
  // The database is given back after whatever else the test started has ended.
  const hooks: (() => unknown)[] = []
  t.after(async () => {
    for (const hook of hooks.toReversed()) await hook()
  })
  const office = await anOffice({ after: hook => void hooks.push(hook as () => unknown) })
  const { db, clock, proposals, jobs } = office
  await db.debtor.updateMany({ data: { collector: 'jan' } })
  await db.mailbox.create({ data: { key: 'duncan', address: 'duncan@nordlicht.example', kind: 'maildir', startAt: new Date('2026-11-01T00:00:00Z') } })
  const smtp = await startSmtpServer({ after: hook => void hooks.push(hook as () => unknown) }, behaviour)
  const blobs = createBlobs(office.folder)
  const parser = createParser({ threads: 1 })
  hooks.push(parser.close)
  const chat = createChat({ ...chatSettings, client: db, clock, proposals })
  const settled: number[] = []
  const transport = createSmtpTransport({ host: '127.0.0.1', port: smtp.port, tls: 'none' })
  const byMail = createByMail({
    ...chatSettings,
    client: db,
    clock,
    log: silentLog,
    ops: createOps(db, { send: async () => undefined }),
    chat,
    proposals,
    account: () => ({
      fromName: 'Duncan',
      transport,
      sentCopy: 'append',
      selfBcc: false,
      openMailbox: async () => Promise.reject(new Error('nothing is filed')),
    }),
    settings: () => byMailKind.schema.parse({ mailbox: 'duncan', ...settings }),
    calendars: () => ({}),
    settleMessage: async messageId => void settled.push(messageId),
  })
  const server = express().use(byMail.router).listen(0, '127.0.0.1')
  await once(server, 'listening')
  hooks.push(
    () => server.close(),
    () => server.closeAllConnections(),
  )
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  /** Draws a card and has it stand on no platform: it waits there since `minutes`. */
  async function outOfReach(proposalId: number, minutes: number): Promise<void> {
    const post = await chat.postProposal(proposalId)
    const since = fromInstant(clock.now().subtract({ minutes }))
    await db.chatCopy.create({
      data: {
        postId: post?.id ?? 0,
        platform: 'slack',
        conversation: 'C1',
        attempts: 3,
        createdAt: since,
        dueAt: fromInstant(clock.now().add({ minutes: 5 })),
      },
    })
  }

  /** Every mail that left so far, oldest first. */
  const sent = (): Promise<ParsedMail[]> => Promise.all(smtp.accepted.map(({ source }) => simpleParser(source)))
  const lastSent = async (): Promise<ParsedMail> => {
    const mail = (await sent()).at(-1)
    if (!mail) throw new Error('no mail left')
    return mail
  }

  const { readMessage } = createTriage({ log: silentLog })
  const inbound: InboundDeps = {
    client: db,
    blobs,
    parser,
    proposals,
    numberShapes: createNumberShapes(db),
    readMessage,
    takeStaffMail: byMail.take,
    verifySender: async (source, headers) => (await authenticateSender(source, { headers, trustedServers: [receivingServer], resolver: noDns })).verdict,
  }
  let uid = 0n
  /** A mail arrives in the mailbox, and its story runs to its end; returns its row. */
  async function arrive(lines: string[], text: string, role: 'inbox' | 'sent' = 'inbox') {
    uid++
    const isTyped = lines.some(line => line.startsWith('Content-Type:'))
    const source = Buffer.from(`${[...lines, ...(isTyped ? [] : ['Content-Type: text/plain; charset=utf-8']), '', text].join('\r\n')}\r\n`)
    const mailbox = await db.mailbox.findUniqueOrThrow({ where: { key: 'duncan' } })
    const fetched = { uid, uidValidity: 1n, internalDate: fromInstant(clock.now()), size: source.length, flags: [], source }
    await receive(
      { client: db, queue: { sendMany: async () => undefined }, blobs, parser, clock },
      { id: mailbox.id, ownAddresses: new Set([mailbox.address]), startAt: mailbox.startAt },
      { folder: { path: role, role }, mails: [fetched], cursor: { uidValidity: 1n, lastUid: uid, highestModseq: null } },
    )
    const { id } = await db.message.findFirstOrThrow({ orderBy: { id: 'desc' } })
    await handleInboundMail(inbound, id)
    return db.message.findUniqueOrThrow({ where: { id } })
  }

  /** Somebody answers a mail of Duncan's as mail programs do, the old one below; `lines` replace header lines of the same name. */
  function reply(to: ParsedMail, text: string, lines: Record<string, string> = {}) {
    const from = lines.From ?? 'Jan <jan@nordlicht.example>'
    const header = {
      'Authentication-Results': `${receivingServer}; dkim=pass header.d=nordlicht.example; dmarc=pass header.from=nordlicht.example`,
      From: from,
      To: 'duncan@nordlicht.example',
      Subject: `Re: ${to.subject}`,
      'Message-ID': `<reply-${uid}@nordlicht.example>`,
      'In-Reply-To': to.messageId ?? '',
      ...lines,
    }
    const quoted = (to.text ?? '').split('\n').map(line => `> ${line}`)
    return arrive(
      Object.entries(header).flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`])),
      [text, '', 'On Monday Duncan wrote:', ...quoted].join('\r\n'),
    )
  }

  return { ...office, jobs, chat, byMail, smtp, settled, url, outOfReach, sent, lastSent, arrive, reply, publicUrl: chatSettings.publicUrl }
}

/** The path of the first link to a decision in a mail. */
export function linkIn(mail: ParsedMail): string {
  const path = /http:\/\/duncan\.example(\/decide\/[\w-]{43})/.exec(mail.text ?? '')?.[1]
  if (!path) throw new Error('the mail has no link')
  return path
}
