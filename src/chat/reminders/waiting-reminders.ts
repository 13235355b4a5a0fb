import { reminderTemplates } from '#drafting'
import type { Staff } from '#people'
import { type Db, Prisma } from '#platform'
import type { ListAsked } from '../worklist/asked.ts'
import { whoseWork } from '../worklist/read-worklist.ts'
import { type SourceDeps, workSources } from '../worklist/work-sources.ts'

/** Why one is never approved unread: its text, somebody's own words in it, nobody to write to, or a note that stands on its debtor. */
export type WhyRead = 'read' | 'written' | 'nobody' | 'pinned'

/** A reminder that waits for a decision. `kind`: the text and the way it goes, as a button carries it. */
export type Reminder = {
  id: number
  version: number
  debtorId: number
  debtor: string
  kind: ReminderKind
  language: string | null
  sums: { amount: string; currency: string }[]
  why: WhyRead | null
}

const texts = [...reminderTemplates, 'hand_over'] as const
const channels = ['email', 'letter', 'sms'] as const
export type ReminderKind = { text: (typeof texts)[number]; channel: (typeof channels)[number] }

export const writeKind = ({ text, channel }: ReminderKind): string => `${text} ${channel}`

/** What `writeKind` wrote; undefined for whatever else a browser sent. */
export function readKind(written: string): ReminderKind | undefined {
  const [first, second] = written.split(' ')
  const [text, channel] = [texts.find(known => known === first), channels.find(known => known === second)]
  return text && channel && { text, channel }
}

/** The texts that may be approved with others, where nothing else speaks against it. */
const plainTexts = ['reminder_first', 'reminder_second']

/** The reminders of a list that wait for this person, the largest amount first; undefined when nobody is called as the list says. */
export async function waitingReminders(deps: SourceDeps, staff: Staff, asked: ListAsked): Promise<Reminder[] | undefined> {
  const whose = await whoseWork(deps, staff, asked.whose)
  if (!whose) return undefined
  return remindersWhere(deps.client, Prisma.sql`e.id IN (SELECT item.id FROM (${workSources(deps, staff, whose, asked)}) AS item WHERE item.kind = 'entry')`)
}

/** Those of these entries that are reminders and wait. */
export const remindersAmong = (db: Db, ids: readonly number[]): Promise<Reminder[]> => remindersWhere(db, Prisma.sql`e.id = ANY(${[...ids]}::int[])`)

type Row = Omit<Reminder, 'kind' | 'why'> & { text: string; channel: string; written: boolean; solemn: boolean; pinned: boolean }

async function remindersWhere(db: Db, where: Prisma.Sql): Promise<Reminder[]> {
  // One item of a step that asks for costs, or ends with a collection agency, makes the whole text one to be read.
  const solemn = Prisma.sql`EXISTS (SELECT FROM "DunningAction" c JOIN "WorkflowVersion" v ON v.id = c."versionId" JOIN "DunningActionItem" x ON x."actionId" = c.id
    JOIN LATERAL jsonb_array_elements(v.content -> 'steps') AS s(step) ON s.step ->> 'name' = x."stepName"
    WHERE c.id = (e.payload ->> 'actionId')::int
      AND (COALESCE(s.step ->> 'charges', 'none') <> 'none' OR NOT COALESCE(s.step ->> 'template', 'reminder_first') = ANY(${plainTexts}::text[])))`
  const rows = await db.$queryRaw<Row[]>`
    SELECT e.id, e.version, e."debtorId", d.name AS debtor, COALESCE(e.why -> 'open', '[]') AS sums,
      CASE WHEN e.kind = 'hand_over' THEN 'hand_over' ELSE e.payload ->> 'template' END AS text, COALESCE(e.payload ->> 'channel', 'email') AS channel,
      COALESCE(e.payload #>> '{mail,language}', e.payload #>> '{letter,language}', e.payload #>> '{sms,language}') AS language,
      COALESCE((e.payload #>> '{mail,written}')::boolean, FALSE) AS written, ${solemn} AS solemn,
      EXISTS (SELECT FROM "Note" n WHERE n.pinned
        AND (n."debtorId" = e."debtorId" OR e.payload -> 'debtorIds' @> to_jsonb(n."debtorId"))) AS pinned
    FROM "DebtorEntry" e JOIN "Debtor" d ON d.id = e."debtorId"
    WHERE e.kind IN ('dunning', 'hand_over') AND e.status = 'proposed' AND ${where}
    ORDER BY (SELECT max((o.sum ->> 'amount')::numeric) FROM jsonb_array_elements(e.why -> 'open') AS o(sum)) DESC NULLS LAST, e.id`
  return rows.map(({ text, channel, written, solemn: isSolemn, pinned, ...row }) => {
    // A text of a later release is one to be read.
    const kind = readKind(`${text} ${channel}`) ?? { text: 'final_notice', channel: 'email' }
    const isPlain = plainTexts.includes(text) && !isSolemn
    const why = !isPlain ? 'read' : row.language === null ? 'nobody' : written ? 'written' : pinned ? 'pinned' : null
    return { ...row, kind, why }
  })
}
