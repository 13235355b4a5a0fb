import { basename } from 'node:path'
import { advisoryLocks, type Clock, type Database, type Db, DuncanError, fromInstant, recordAudit } from '#platform'
import { type Mapping, readMapping } from '../imports/mapping.ts'
import { inspectFile } from '../imports/open-text.ts'
import { openStatements } from './read-statements.ts'
import { noteGaps } from './statement-gaps.ts'
import { type ImportedStatement, openStatementStore, type StatementStore } from './store-statement.ts'

export type StatementDeps = { database: Pick<Database, 'client'>; clock: Clock }

export type StatementRequest = {
  file: string
  /** For CSV or other XML: a mapping of type payments with `bank_statement: true`, or its path. */
  mapping?: Mapping | string | undefined
  /** Number of the account, where the file does not name it. */
  account?: string | undefined
  /** Code of the administration that an account belongs to, when it is imported for the first time and there are several. */
  administration?: string | undefined
  /** Reads and checks everything, and changes nothing. */
  dryRun?: boolean
  actor?: string
  onProgress?: (progress: { bytes: number; size: number; lines: number }) => void
}

export type StatementResult = {
  kind: 'imported' | 'dry_run'
  fileName: string
  fileHash: string
  /** Counts of all its statements: booked lines, payments that are new, incoming lines that were there already. */
  lines: number
  created: number
  known: number
  /** Of the new ones, those that may be lines of another statement: a person says whether. */
  unsure: number
  statements: ImportedStatement[]
  /** Statements of these accounts that do not follow the one before: lines are missing between them. */
  gaps: { account: string; number: string; closedOn: string; problem: string }[]
}

const longestRun = 3_600_000 // milliseconds

class DryRun extends Error {
  readonly result: StatementResult
  constructor(result: StatementResult) {
    super('dry run')
    this.result = result
  }
}

/**
 * Imports the statements of one bank file, as a whole or not at all. Lines that are known are recognised, so that importing a file
 * twice, or two files that overlap, changes nothing twice; where that is not sure a person is asked (`sortOutSeenLines`). The new payments wait to be matched (`matchPayments`). Throws a
 * DuncanError that names the line when anything in the file cannot be read.
 */
export async function importStatement(deps: StatementDeps, request: StatementRequest): Promise<StatementResult> {
  const mapping = typeof request.mapping === 'string' ? await readMapping(request.mapping) : request.mapping
  if (mapping && !mapping.bank_statement) {
    throw new DuncanError(
      'statement.mapping',
      'The mapping is not of a bank statement.',
      'Add type: payments and bank_statement: true to it; samples/statements has one.',
    )
  }
  const source = await inspectFile(request.file, mapping?.encoding ?? 'auto')
  const result: StatementResult = {
    kind: request.dryRun ? 'dry_run' : 'imported',
    fileName: basename(request.file),
    fileHash: source.hash,
    lines: 0,
    created: 0,
    known: 0,
    unsure: 0,
    statements: [],
    gaps: [],
  }
  const parts = await openStatements(source, {
    mapping,
    account: request.account,
    onBytes: bytes => request.onProgress?.({ bytes, size: source.size, lines: result.lines }),
  })
  const store = { fileName: result.fileName, fileHash: source.hash, now: fromInstant(deps.clock.now()) }
  const run = deps.database.client.$transaction(
    async tx => {
      // Two runs over one file would each find the other's lines missing.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${advisoryLocks.statements})`
      const accounts = new Map<string, Account>()
      let statement: StatementStore | undefined
      try {
        for await (const part of parts) {
          if (part.kind === 'statement') {
            const account = accounts.get(part.head.account) ?? (await accountOf(tx, part.head.account, request.administration))
            accounts.set(part.head.account, account)
            statement = await openStatementStore(tx, { ...part.head, currency: part.head.currency || account.currency }, account, store)
          } else if (part.kind === 'lines') {
            result.lines += part.lines.length
            await statement?.add(part.lines)
          } else if (statement) result.statements.push(await statement.end(part.end))
        }
      } finally {
        await statement?.idle()
      }
      for (const { created, known, unsure } of result.statements) {
        result.created += created
        result.known += known
        result.unsure += unsure
      }
      for (const [account, { id }] of accounts) for (const gap of await noteGaps(tx, id)) result.gaps.push({ account, ...gap })
      if (request.dryRun) throw new DryRun(result)
      if (result.statements.every(({ isDuplicate }) => isDuplicate)) return
      const { fileName, fileHash, lines, created, known } = result
      const detail = { fileName, fileHash, lines, created, known, statements: result.statements.length }
      await recordAudit(tx, { actor: request.actor ?? 'duncan', event: 'statement.imported', subject: `statement:${fileHash.slice(0, 16)}`, detail })
    },
    { timeout: longestRun, maxWait: 60_000 },
  )
  await run.catch((error: unknown) => {
    if (!(error instanceof DryRun)) throw error
  })
  return result
}

/** `currency`: of its administration. */
type Account = { id: number; administrationId: number; currency: string }

/** The account of a number; a new one is the given administration's, or the only one's. */
async function accountOf(tx: Db, number: string, code: string | undefined): Promise<Account> {
  const known = await tx.bankAccount.findUnique({ where: { number }, include: { administration: { select: { code: true, currency: true } } } })
  if (known && code !== undefined && known.administration.code !== code) {
    throw new DuncanError(
      'statement.account',
      `The account ${number} belongs to the administration ${known.administration.code}.`,
      `Leave --administration out, or name ${known.administration.code}.`,
    )
  }
  if (known) return { ...known, currency: known.administration.currency }
  const administrations = await tx.administration.findMany({ select: { id: true, code: true, currency: true }, orderBy: { code: 'asc' } })
  const [only] = administrations
  const chosen = code === undefined ? (administrations.length === 1 ? only : undefined) : administrations.find(each => each.code === code)
  if (!chosen) {
    const codes = administrations.map(each => each.code).join(', ')
    throw new DuncanError(
      'statement.account',
      code === undefined ? `It is not known whose account ${number} is.` : `There is no administration ${code}.`,
      codes === '' ? 'Import the ledger first.' : `Say once: duncan statement import <file> --administration <code>, with one of ${codes}.`,
    )
  }
  return { ...(await tx.bankAccount.create({ data: { number, administrationId: chosen.id } })), currency: chosen.currency }
}
