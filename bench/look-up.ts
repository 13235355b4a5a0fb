// The overview of a debtor and the look-up of a misspelt name on a large ledger, beside the bare SQL of the same rows.
// `node bench/look-up.ts --debtors 100000 --invoices 1000000 --json`

import { parseArgs } from 'node:util'
import type pg from 'pg'
import { Temporal } from 'temporal-polyfill'
import { fullSight } from '#people'
import { fixedClock, fromInstant } from '#platform'
import { coverageOf, debtorOverview, lookUp, parseQuery, portfolioRisk, type SearchContext, searchDebtors } from '#search'
import { onFilledLedger } from './filled-ledger.ts'

type Sizes = { debtors: number; invoices: number; rounds: number }
type Percentiles = { p50: number; p99: number }
type Pair = { own: Percentiles; bare: Percentiles }

export type LookUpBench = Sizes & {
  /** Milliseconds. Goal: p99 under 100. */
  overview: Pair
  /** Milliseconds, names with a mistake in them. Goal: p99 under 60. */
  fuzzy: Pair
  /** Milliseconds, a whole invoice number. */
  invoiceNumber: Pair
  /** Milliseconds of one search over the whole portfolio, of a page of /risk, and of the coverage by credit bureaus. */
  searches: Record<string, number>
}

const clock = fixedClock('2026-03-02T10:00:00Z')
const context: SearchContext = { sight: fullSight, today: Temporal.PlainDate.from('2026-03-02'), timeZone: 'Europe/Amsterdam' }

/** Fills a ledger by SQL and measures reads of random debtors, one after the other. */
export async function benchLookUp({ debtors, invoices, rounds }: Sizes): Promise<LookUpBench> {
  return onFilledLedger(fill(debtors, invoices), async ({ database, bare }) => {
    return await measure(database.client, bare, { debtors, invoices, rounds })
  })
}

async function measure(client: Parameters<typeof lookUp>[0], bare: pg.Client, { debtors, invoices, rounds }: Sizes): Promise<LookUpBench> {
  const { rows } = await bare.query<{ id: number; name: string; number: string }>(
    `SELECT d.id, d."searchName" AS name, (SELECT i.number FROM "Invoice" i WHERE i."debtorId" = d.id LIMIT 1) AS number
    FROM "Debtor" d WHERE d.id = ANY($1)`,
    [Array.from({ length: rounds }, (_, round) => 1 + ((round * 7919) % debtors))],
  )
  const each = async (read: (row: (typeof rows)[number]) => Promise<unknown>): Promise<Percentiles> => {
    for (const row of rows.slice(0, 20)) await read(row) // plans and caches are warm in a process that has been running
    const times: number[] = []
    for (const row of rows) {
      const start = performance.now()
      await read(row)
      times.push(performance.now() - start)
    }
    times.sort((a, b) => a - b)
    const at = (share: number) => Number((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1))
    return { p50: at(0.5), p99: at(0.99) }
  }
  const searches: Record<string, number> = {}
  const timed = async (name: string, work: () => Promise<unknown>) => {
    const start = performance.now()
    await work()
    searches[name] = Math.round(performance.now() - start)
  }
  for (const text of searched) {
    const parsed = parseQuery(text)
    if (parsed.kind === 'parsed') await timed(text, () => searchDebtors(client, parsed.query, context, { limit: 20 }))
  }
  await timed('/risk', () => portfolioRisk(client, context, { byBureau: true }, { limit: 15 }))
  await timed('coverage', () => coverageOf(client, context, fromInstant(clock.now())))
  return {
    debtors,
    invoices,
    rounds,
    overview: { own: await each(({ id }) => debtorOverview(client, { sight: fullSight, clock }, id)), bare: await each(({ id }) => bareOverview(bare, id)) },
    fuzzy: { own: await each(({ name }) => lookUp(client, fullSight, misspelt(name))), bare: await each(({ name }) => bareFuzzy(bare, misspelt(name))) },
    invoiceNumber: { own: await each(({ number }) => lookUp(client, fullSight, number)), bare: await each(({ number }) => bareInvoice(bare, number)) },
    searches,
  }
}

const searched = [
  'overdue:>20000 country:BE -dispute',
  'days_late:>20 OR broken_promise',
  'balance:>50k',
  'transport utrecht',
  'rating:D overdue:>10000 country:BE',
  'score:<30',
  'score_drop:>10',
  'limit_used:>80',
  'judgments OR insolvency',
  'not_monitored:bad_number',
  'exposure_at_risk:>10k',
]

/** The first two words of a name, two neighbouring letters of the first one swapped. */
const misspelt = (name: string): string => `${name.slice(0, 2)}${name[3] ?? ''}${name[2] ?? ''}${name.slice(4)}`.split(' ').slice(0, 2).join(' ')

const overviewRows = [
  'SELECT * FROM "Debtor" d JOIN "Administration" a ON a.id = d."administrationId" LEFT JOIN "DebtorGroup" g ON g.id = d."groupId" WHERE d.id = $1',
  'SELECT * FROM "Contact" WHERE "debtorId" = $1',
  `SELECT * FROM "Invoice" WHERE "debtorId" = $1 AND status = 'open' ORDER BY "dueDate", id`,
  'SELECT p.*, i.number FROM "PromiseToPay" p LEFT JOIN "PromiseInvoice" l ON l."promiseId" = p.id LEFT JOIN "Invoice" i ON i.id = l."invoiceId" WHERE p."debtorId" = $1',
  'SELECT p.*, i.number FROM "Dispute" p LEFT JOIN "DisputeInvoice" l ON l."disputeId" = p.id LEFT JOIN "Invoice" i ON i.id = l."invoiceId" WHERE p."debtorId" = $1',
  'SELECT * FROM "Note" WHERE "debtorId" = $1',
  'SELECT * FROM "Task" WHERE "debtorId" = $1',
  'SELECT id, subject, direction, "receivedAt" FROM "Message" WHERE "debtorId" = $1 ORDER BY "receivedAt" DESC LIMIT 6',
  'SELECT p.*, a.amount AS applied, i.number FROM "Payment" p LEFT JOIN "PaymentAllocation" a ON a."paymentId" = p.id LEFT JOIN "Invoice" i ON i.id = a."invoiceId" WHERE p."debtorId" = $1',
  `SELECT * FROM "Proposal" WHERE "debtorId" = $1 AND status = 'open'`,
  'SELECT * FROM "DunningHold" WHERE "debtorId" = $1 AND "endedAt" IS NULL',
  `SELECT avg("closedOn" - "dueDate") FROM "Invoice" WHERE "debtorId" = $1 AND status = 'closed'`,
]

async function bareOverview(bare: pg.Client, debtorId: number): Promise<void> {
  for (const text of overviewRows) await bare.query(text, [debtorId])
}

const bareFuzzy = (bare: pg.Client, name: string) =>
  bare.query(`SELECT id, name FROM "Debtor" WHERE $1 <% "searchName" AND NOT archived ORDER BY word_similarity($1, "searchName") DESC LIMIT 20`, [name])

const bareInvoice = (bare: pg.Client, number: string) =>
  bare.query('SELECT d.id, d.name FROM "Invoice" i JOIN "Debtor" d ON d.id = i."debtorId" WHERE i."searchNumber" = $1', [number])

const syllables = 'ba,be,bro,da,de,dri,fa,fe,gra,ha,he,ja,ka,klo,la,le,ma,me,mo,na,ne,pa,pe,ra,re,ro,sa,schi,se,sta,ta,te,to,va,ve,vi,wa,we,wi,za'
const endings = 'ker,kers,man,mans,mer,ner,ring,sen,ski,ssens,ster,ters,tier,ven,wijk,zel'
const trades =
  'installatie,bouw,transport,logistics,foods,trading,electro,metaal,textiel,stahlbau,maschinenbau,elektrotechnik,getranke,plomberie,boulangerie,menuiserie,informatique,hurtownia,uslugi,piekarnia,joinery,catering,printing,packaging,garden,software,consulting,holding,services,techniek'
const cities =
  'utrecht,rotterdam,eindhoven,groningen,zwolle,gent,antwerpen,leuven,brugge,namur,lille,lyon,nantes,rennes,dijon,koln,bonn,essen,kassel,leipzig,poznan,gdansk,lodz,krakow,leeds,york,bristol,derby,kent,oxford'

/** Ten invoices a debtor, two of them open; a contact, two mails, a promise for every third, a payment for every second invoice. */
const fill = (debtors: number, invoices: number): string[] => [
  `INSERT INTO "Administration" (code, name, "importedAt") VALUES ('NL01', 'Harbourlight Trading', now())`,
  `INSERT INTO "Mailbox" (key, address, kind, "startAt") VALUES ('debtors', 'debtors@harbourlight.example', 'imap', now())`,
  `INSERT INTO "Debtor" ("administrationId", number, name, "searchName", country, collector)
    SELECT 1, (10000 + n)::text, w.name || ' BV', w.name, (ARRAY['NL','BE','FR','DE','PL','GB'])[1 + n % 6], 'c' || n % 20
    FROM generate_series(1, ${debtors}) AS n CROSS JOIN LATERAL (SELECT concat_ws(' ', ${name('n')}, ${pick(trades, 'n / 7')}, ${pick(cities, 'n / 31')}) AS name) AS w`,
  `INSERT INTO "Contact" ("debtorId", name, email) SELECT id, 'Pat ' || initcap(${name('id / 3')}), 'ap@d' || id || '.example' FROM "Debtor"`,
  `INSERT INTO "Invoice" ("administrationId", "debtorId", number, "searchNumber", "dueDate", currency, amount, "openAmount", status, "closedOn", "closedReason", "poNumber")
    SELECT 1, 1 + (n::bigint * 7919 % ${debtors})::int, (2025000000 + n)::text, (2025000000 + n)::text, w.due, 'EUR', 10 + n % 9000, CASE WHEN n % 5 = 0 THEN 10 + n % 9000 ELSE 0 END,
      CASE WHEN n % 5 = 0 THEN 'open' ELSE 'closed' END, CASE WHEN n % 5 = 0 THEN NULL ELSE w.due + n % 40 - 5 END, CASE WHEN n % 5 = 0 THEN NULL ELSE 'paid' END, 'PO' || n % 5000
    FROM generate_series(1, ${invoices}) AS n CROSS JOIN LATERAL (SELECT '2025-05-01'::date + n % 340 AS due) AS w`,
  `INSERT INTO "Payment" ("administrationId", "debtorId", reference, "receivedOn", currency, amount)
    SELECT 1, "debtorId", 'P' || id, "closedOn", currency, amount FROM "Invoice" WHERE status = 'closed' AND id % 2 = 0`,
  `INSERT INTO "PaymentAllocation" ("paymentId", "invoiceId", amount) SELECT id, substr(reference, 2)::int, amount FROM "Payment"`,
  `INSERT INTO "PromiseToPay" ("debtorId", "promisedOn", status) SELECT id, '2026-02-20'::date + id % 30, (ARRAY['open','kept','broken','partly_kept'])[1 + id % 4] FROM "Debtor" WHERE id % 3 = 0`,
  `INSERT INTO "Message" ("mailboxId", "rawHash", size, direction, subject, "receivedAt", "debtorId")
    SELECT 1, d.id || w.direction, 1000, w.direction, 'Invoice', '2026-02-01'::timestamptz + d.id % 500 * interval '1 hour', d.id FROM "Debtor" d CROSS JOIN (VALUES ('in'), ('out')) AS w(direction)`,
  `INSERT INTO "Segment" (key, title, query, priority) VALUES ('large', 'Large', 'balance:>10000', 30), ('benelux', 'Benelux', 'country:BE,NL,LU', 10),
    ('late', 'Late', 'overdue (days_late:>30 OR broken_promises:>=2 OR days_overdue:>90)', 50)`,
  // A company for each debtor but every tenth, eight values each, and the score of every fourth changed in this quarter.
  `INSERT INTO "CreditCompany" (bureau, "bureauId", country, name, monitoring, sections, "reportedAt", "ratingClass", "normalisedScore")
    SELECT 'creditsafe', 'X-' || id, country, name, 'monitored', '{}', now(), (ARRAY['A','A','B','B','B','C','C','D','E'])[1 + id % 9], id % 100 FROM "Debtor" WHERE id % 10 <> 0`,
  `INSERT INTO "CreditLink" ("debtorId", "companyId", source, "linkedBy", "linkedAt") SELECT substr("bureauId", 3)::int, id, 'number', 'duncan', now() FROM "CreditCompany"`,
  `INSERT INTO "CreditGap" ("debtorId", reason, "checkedAt") SELECT id, (ARRAY['no_number','bad_number','several'])[1 + id % 3], now() FROM "Debtor" WHERE id % 10 = 0`,
  `INSERT INTO "CreditValue" ("companyId", criterion, value, raw, source, since, "seenAt") SELECT c.id, v.criterion, v.value, '', 'report', now(), now() FROM "CreditCompany" c
    CROSS JOIN LATERAL (VALUES ('score', jsonb_build_object('is', 'number', 'number', (c.id % 100)::text, 'min', '0', 'max', '100')),
      ('international_rating', jsonb_build_object('is', 'text', 'text', c."ratingClass")),
      ('credit_limit', jsonb_build_object('is', 'money', 'amount', (c.id % 50 * 1000)::text, 'currency', 'EUR')),
      ('contract_limit', jsonb_build_object('is', 'money', 'amount', '5000', 'currency', 'EUR')),
      ('days_beyond_terms', jsonb_build_object('is', 'number', 'number', (c.id % 60)::text)),
      ('judgments', jsonb_build_object('is', 'number', 'number', (CASE WHEN c.id % 50 = 0 THEN 1 ELSE 0 END)::text)),
      ('insolvency', CASE WHEN c.id % 200 = 0 THEN '{"is": "text", "text": "Insolvency"}' ELSE '{"is": "none"}' END::jsonb),
      ('status', '{"is": "text", "text": "Active", "key": "ACTIVE"}'::jsonb)) AS v(criterion, value)`,
  `INSERT INTO "CreditChange" ("companyId", criterion, before, value, raw, source, at) SELECT id, 'score', jsonb_build_object('is', 'number', 'number', (id % 100 + 12)::text, 'min', '0', 'max', '100'),
    jsonb_build_object('is', 'number', 'number', (id % 100)::text, 'min', '0', 'max', '100'), '', 'report', '2026-02-01'::timestamptz FROM "CreditCompany" WHERE id % 4 = 0`,
  'VACUUM ANALYZE',
]

/** One of 25,600 invented surnames. */
const name = (by: string): string => `(${pick(syllables, by)} || ${pick(syllables, `${by} / 40`)} || ${pick(endings, `${by} / 1600`)})`

const pick = (list: string, by: string): string => `(string_to_array('${list}', ','))[1 + (${by}) % ${list.split(',').length}]`

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      debtors: { type: 'string', default: '100000' },
      invoices: { type: 'string', default: '1000000' },
      rounds: { type: 'string', default: '500' },
      json: { type: 'boolean', default: false },
    },
  })
  const figures = await benchLookUp({ debtors: Number(values.debtors), invoices: Number(values.invoices), rounds: Number(values.rounds) })
  if (values.json) console.log(JSON.stringify(figures, null, 2))
  else console.table(figures)
}
