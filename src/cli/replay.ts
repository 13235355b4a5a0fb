import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { createNumberShapes, readInbound } from '#flows'
import { importLedger } from '#ledger'
import { createParser, type DebtorLink, type Parser, readMails, storeRead } from '#mail'
import {
  type Blobs,
  type Clock,
  createBlobs,
  type Database,
  DuncanError,
  ensureDatabase,
  fixedClock,
  migrate,
  openDatabase,
  readConfig,
  readEnvironment,
  silentLog,
  startEmbeddedPostgres,
  systemClock,
} from '#platform'
import { createProposals, type Proposals, proposalsConfig } from '#proposals'
import { assertedIntents, createLlmEngine, createTriage, type Triage, triageConfig } from '#triage'
import { assertExists, type MailFile, mailFiles } from './replay/mail-files.ts'
import { type ReplayedMail, replayLine } from './replay/replay-line.ts'

type Options = { ledger?: string; mapping?: string; engine: 'local' | 'llm'; json?: boolean }

export function replayCommand(): Command {
  return new Command('replay')
    .argument('<path>', 'folder of .eml files, mbox file, or Maildir')
    .option('--ledger <file>', 'CSV or XML ledger that the mails are linked with')
    .option('--mapping <file>', 'mapping of that file (YAML)')
    .addOption(
      new Option('--engine <name>', 'who reads: the local engine, or it together with the configured language model')
        .choices(['local', 'llm'])
        .default('local'),
    )
    .option('--json', 'one JSON line a message, in the order read')
    .action(replay)
}

async function replay(path: string, options: Options): Promise<void> {
  assertExists(path)
  const folder = mkdtempSync(join(tmpdir(), 'duncan-replay-'))
  const server = await startEmbeddedPostgres(join(folder, 'postgres'), { throwaway: true })
  const url = await ensureDatabase(server, 'replay')
  await migrate(url)
  const database = openDatabase(url)
  const parser = createParser()
  try {
    if (options.ledger) await loadLedger(database, folder, options)
    const run = await openRun(database, parser, folder, options)
    for await (const batch of batches(mailFiles(path), 50)) {
      for (const mail of await replayBatch(run, batch)) console.log(options.json ? JSON.stringify(replayLine(mail)) : readableLine(mail))
    }
  } finally {
    await parser.close()
    await database.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function loadLedger(database: Database, dataDir: string, { ledger = '', mapping }: Options): Promise<void> {
  const deps = { database, clock: systemClock, log: silentLog, dataDir }
  const result = await importLedger(deps, { file: ledger, ...(mapping && { mapping }), mode: 'backfill', confirm: true })
  if (result.kind !== 'imported')
    throw new DuncanError('replay.ledger', `The ledger ${ledger} was not imported: ${result.kind}.`, 'Run `duncan import --dry-run` on it to see why.')
  if (result.counts.rejected > 0)
    console.error(`${result.counts.rejected} rows of ${ledger} were not understood; the others are loaded. \`duncan import --dry-run\` names them.`)
}

type Run = {
  database: Database
  parser: Parser
  blobs: Blobs
  mailboxId: number
  triage: Triage
  proposals: Proposals
  clock: Clock & { set: (at: string) => void }
  nextUid: bigint
}

async function openRun(database: Database, parser: Parser, folder: string, { engine }: Options): Promise<Run> {
  const env = readEnvironment()
  const clock = fixedClock(systemClock.now().toString())
  const blobs = createBlobs(join(folder, 'blobs'))
  const triage = createTriage({
    ...(engine === 'llm' && { llm: createLlmEngine(readConfig(triageConfig, env), { client: database.client, clock, log: silentLog }) }),
    log: silentLog,
  })
  const { id: mailboxId } = await database.client.mailbox.create({
    data: { key: 'replay', address: 'replay@duncan.example', kind: 'maildir', startAt: new Date(0) },
  })
  const proposals = createProposals({ client: database.client, queue: noQueue, clock, blobs, log: silentLog, config: readConfig(proposalsConfig, env) })
  return { database, parser, blobs, mailboxId, triage, proposals, clock, nextUid: 1n }
}

/** Nothing follows from what a replay stores. */
const noQueue = { send: async () => undefined, sendMany: async () => undefined }

/** Takes a batch the way live mail takes: stored, joined to its threads and debtors, read, planned for. */
async function replayBatch(run: Run, files: MailFile[]): Promise<ReplayedMail[]> {
  const { database, parser, blobs, mailboxId, clock } = run
  const uidValidity = 1n
  const fetched = files.map(({ source }) => ({ uid: run.nextUid++, uidValidity, internalDate: undefined, size: source.length, flags: [], source }))
  const started = performance.now()
  const read = await readMails({ blobs, parser }, fetched)
  // A file says nothing of when it was received; the mail's own date is the day that its words count from.
  for (const mail of read) if (mail.mail.sentAt) mail.internalDate = new Date(mail.mail.sentAt)
  const folder = { path: 'replay', role: 'inbox' } as const
  const cursor = { uidValidity, lastUid: run.nextUid - 1n, highestModseq: null }
  await storeRead(
    { client: database.client, queue: noQueue, clock, blobs },
    { id: mailboxId, ownAddresses: new Set(), startAt: new Date(0) },
    { folder, cursor },
    read,
  )
  const shared = (performance.now() - started) / files.length

  const numberShapes = createNumberShapes(database.client)
  const replayed: ReplayedMail[] = []
  for (const [index, { file }] of files.entries()) {
    const began = performance.now()
    const { mail, facts, rawHash } = read[index] as (typeof read)[number]
    const message = await database.client.message.findUniqueOrThrow({
      where: { mailboxId_rawHash: { mailboxId, rawHash } },
      include: { mailbox: true, attachments: true },
    })
    clock.set(message.receivedAt.toISOString())
    const input = await readInbound(
      { client: database.client, blobs, parser, numberShapes, readMessage: run.triage.readMessage, verifySender: async () => 'unknown' },
      message,
    )
    const plan = await run.proposals.plan(input)
    replayed.push({
      file,
      messageId: mail.internetMessageId ?? null,
      kind: facts.kind,
      reading: input.reading,
      ...(await debtorsOf(database, input.link)),
      bounced: input.bounced,
      replyText: message.replyText,
      plan,
      ms: Math.round((shared + performance.now() - began) * 100) / 100,
    })
  }
  return replayed
}

async function debtorsOf({ client }: Database, link: DebtorLink): Promise<Pick<ReplayedMail, 'debtor' | 'candidates'>> {
  const ids = link.kind === 'linked' ? [link.debtorId] : link.kind === 'ambiguous' ? link.candidates.map(({ debtorId }) => debtorId) : []
  const numbers = new Map(
    (await client.debtor.findMany({ where: { id: { in: ids } }, select: { id: true, number: true } })).map(({ id, number }) => [id, number]),
  )
  const numberOf = (id: number) => numbers.get(id) ?? ''
  return {
    debtor: link.kind === 'linked' ? { number: numberOf(link.debtorId), reason: link.reason } : null,
    candidates: link.kind === 'ambiguous' ? link.candidates.map(({ debtorId, reasons }) => ({ number: numberOf(debtorId), reasons })) : [],
  }
}

function readableLine({ file, reading, debtor, candidates, plan }: ReplayedMail): string {
  const who = debtor
    ? `debtor ${debtor.number} (${debtor.reason})`
    : candidates.length > 0
      ? `one of ${candidates.map(({ number }) => number).join(', ')}`
      : 'unknown sender'
  const intents = assertedIntents(reading).join(', ') || 'unclear'
  const warnings = reading.quarantine.map(({ kind, code }) => `\n    ! ${kind}: ${code.replaceAll('_', ' ')}`).join('')
  return `${file}\n    ${who}: ${intents}\n    ${plan.actions.map(({ kind }) => kind).join(', ') || 'nothing to do'}${warnings}`
}

async function* batches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = []
  for await (const item of items) if (batch.push(item) === size) yield batch.splice(0)
  if (batch.length > 0) yield batch
}
