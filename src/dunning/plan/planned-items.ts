import type { PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { DayNumber } from '../path/day-number.ts'
import type { Position } from '../path/next-step.ts'
import type { ItemReason } from '../path/reason.ts'

/** An open item as it is stored, and where it stands; `stored` is undefined for one that no plan has met. Amounts are decimal strings. */
export type OpenItem = {
  unit: number
  invoiceId: number
  debtorId: number
  dueOn: DayNumber
  openAmount: string
  currency: string
  isCreditNote: boolean
  stored: StoredItem | undefined
}

export type StoredItem = Position & {
  versionId: number | null
  nextOn: DayNumber | null
  reason: ItemReason | null
  actionId: number | null
  revision: number
  remindedOn: DayNumber | null
  remindedBy: string | null
  announcedOn: DayNumber | null
  announcedBy: string | null
}

const day = (column: string) => `n."${column}" - DATE '1970-01-01'`

/** Every open item with its stored place; those of one unit (a debtor, or a central file as a whole, below zero) follow each other. */
const openItems = (
  groupsTogether: boolean,
  only: readonly number[] | undefined,
) => `SELECT ${groupsTogether ? `COALESCE(-d."groupId", d.id)` : 'd.id'}, i.id, i."debtorId", i."dueDate" - DATE '1970-01-01', i."openAmount", i.currency,
    i.kind = 'credit_note', n."versionId", n.step, n.shift, ${day('lastOn')}, ${day('nextOn')}, n.reason, n."actionId", n.revision, ${day('remindedOn')}, n."remindedBy",
    ${day('announcedOn')}, n."announcedBy"
  FROM "Invoice" i JOIN "Debtor" d ON d.id = i."debtorId" LEFT JOIN "DunningItem" n ON n."invoiceId" = i.id
  WHERE i.status = 'open' AND NOT d.archived AND d."partyType" = 'debtor'
    ${only ? `AND d.id = ANY('{${only.join()}}')` : ''} ORDER BY 1, 3, 2`

/** Reads the open items unit by unit (`only`: of some debtors), a million of them in the memory of a few; the connection is theirs until the end. */
export async function* openItemsByUnit(reader: PoolClient, groupsTogether: boolean, only?: readonly number[]): AsyncGenerator<OpenItem[]> {
  // On the first day statistics say that the table of items is empty, and a plan that looks through it for each row would be slow as it fills.
  if (!only) await reader.query('SET LOCAL enable_nestloop = off')
  const stream = reader.query(copyTo(`COPY (${openItems(groupsTogether, only)}) TO STDOUT`))
  let unit: OpenItem[] = []
  let rest = ''
  for await (const chunk of stream) {
    const lines = (rest + (chunk as Buffer).toString('latin1')).split('\n') // digits and codes only
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const item = readItem(line)
      if (unit[0] && unit[0].unit !== item.unit) {
        yield unit
        unit = []
      }
      unit.push(item)
    }
  }
  if (unit.length > 0) yield unit
}

const nothing = '\\N'
const numberOr = (text: string | undefined): number | null => (text === undefined || text === nothing ? null : Number(text))
const textOr = (text: string | undefined): string | null => (text === undefined || text === nothing ? null : text)

function readItem(line: string): OpenItem {
  const [unit, invoiceId, debtorId, dueOn, openAmount = '0', currency = '', isCredit, ...stored] = line.split('\t')
  return {
    unit: Number(unit),
    invoiceId: Number(invoiceId),
    debtorId: Number(debtorId),
    dueOn: Number(dueOn),
    openAmount,
    currency,
    isCreditNote: isCredit === 't',
    stored: readStored(stored),
  }
}

function readStored(columns: string[]): StoredItem | undefined {
  const [versionId, step, shift, lastOn, nextOn, reason, actionId, revision, remindedOn, remindedBy, announcedOn, announcedBy] = columns
  if (step === nothing) return undefined
  return {
    versionId: numberOr(versionId),
    step: Number(step),
    shift: Number(shift),
    lastOn: numberOr(lastOn),
    nextOn: numberOr(nextOn),
    reason: textOr(reason) as ItemReason | null,
    actionId: numberOr(actionId),
    revision: Number(revision),
    remindedOn: numberOr(remindedOn),
    remindedBy: textOr(remindedBy),
    announcedOn: numberOr(announcedOn),
    announcedBy: textOr(announcedBy),
  }
}
