// What came of everything that dunning did in 90 days, beside a plain join of the same actions with the same payments.
// `node bench/results.ts --actions 100000 --json`

import { parseArgs } from 'node:util'
import { Temporal } from 'temporal-polyfill'
import { readChannelResults } from '#dunning'
import { fullSight } from '#people'
import { onFilledLedger } from './filled-ledger.ts'

export type ResultsBench = {
  actions: number
  items: number
  /** Steps of 90 days with their outcomes and amounts, the median of some runs. Goal: 2 seconds of 100,000 actions. */
  seconds: number
  bareSeconds: number
  ratio: number
}

const today = '2026-06-30'
const runs = 5

/** Fills a ledger and its dunning by SQL, three items an action, and reads what came of it. */
export async function benchResults({ actions }: { actions: number }): Promise<ResultsBench> {
  return onFilledLedger(fill(actions), async ({ database, bare }) => {
    const day = Temporal.PlainDate.from(today)
    const scope = { context: { sight: fullSight, today: day }, from: day.subtract({ days: 90 }) }
    const told = await readChannelResults(database.client, scope)
    const sent = told.channels.reduce((sum, channel) => sum + channel.sent, 0)
    if (sent !== actions) throw new Error(`${sent} of ${actions} actions were told of`)
    const seconds = await median(() => readChannelResults(database.client, scope))
    const bareSeconds = await median(() => bare.query(plainJoin))
    return { actions, items: actions * 3, seconds: round(seconds), bareSeconds: round(bareSeconds), ratio: round(seconds / bareSeconds) }
  })
}

const round = (value: number): number => Number(value.toFixed(2))

async function median(read: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    await read()
    times.push((performance.now() - start) / 1000)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? 0
}

/** What a spreadsheet would do: every payment after an action counts for it, however many others there were. */
const plainJoin = `SELECT a."stepName", a.type, i.currency, count(DISTINCT a.id), sum(l.amount)
  FROM "DunningAction" a JOIN "DunningActionItem" i ON i."actionId" = a.id
  LEFT JOIN ("PaymentAllocation" l JOIN "Payment" p ON p.id = l."paymentId") ON l."invoiceId" = i."invoiceId" AND p."receivedOn" > a."doneOn"
  WHERE a.status = 'done' AND a."doneOn" >= DATE '${today}' - 90 GROUP BY 1, 2, 3`

/** Each debtor has ten invoices, two actions about the same three of them within 90 days, and one long ago; half of what was asked for was paid since. */
function fill(actions: number): string[] {
  const debtors = Math.ceil(actions / 2)
  return [
    `INSERT INTO "Administration" (code, name, "importedAt") VALUES ('NL01', 'Harbourlight Trading', '${today}')`,
    `INSERT INTO "Debtor" ("administrationId", number, name, "searchName") SELECT 1, n::text, 'Debtor ' || n, 'debtor ' || n FROM generate_series(1, ${debtors}) AS n`,
    `INSERT INTO "Invoice" ("administrationId", "debtorId", number, "searchNumber", "invoiceDate", "dueDate", currency, amount, "openAmount")
      SELECT 1, d, (d * 10 + n)::text, (d * 10 + n)::text, DATE '${today}' - 180, DATE '${today}' - 150, CASE WHEN d % 20 = 0 THEN 'GBP' ELSE 'EUR' END, 100 + d % 900, 100 + d % 900
      FROM generate_series(1, ${debtors}) AS d, generate_series(0, 9) AS n`,
    `INSERT INTO "WorkflowVersion" (workflow, "settingsVersion", content, "contentHash") VALUES ('standard', 1, '{}', 'x')`,
    `INSERT INTO "DunningAction" ("debtorId", "versionId", step, "stepName", type, track, "plannedOn", status, "doneOn", "entryId")
      SELECT d, 1, s, (ARRAY['reminder', 'dunning', 'call'])[s + 1], (ARRAY['email', 'email', 'call'])[s + 1], 'outside', day, 'done', day, CASE WHEN s < 2 THEN d * 2 + s END
      FROM generate_series(1, ${debtors}) AS d, generate_series(-1, 1) AS nth,
        LATERAL (SELECT CASE nth WHEN -1 THEN 0 ELSE nth + d % 2 END AS s, DATE '${today}' - 90 + CASE nth WHEN -1 THEN -60 ELSE d % 76 + nth * 14 END AS day)
      WHERE nth < 1 OR d <= ${actions - debtors}`,
    `UPDATE "DunningAction" SET "entryId" = NULL WHERE "doneOn" < DATE '${today}' - 90`,
    `INSERT INTO "DunningActionItem" ("actionId", "invoiceId", step, "stepName", amount, currency)
      SELECT a.id, i.id, a.step, a."stepName", i.amount, i.currency FROM "DunningAction" a JOIN "Invoice" i ON i."debtorId" = a."debtorId" AND right(i.number, 1) IN ('0', '1', '2')`,
    // Of the first and every other second invoice that was asked for; and as many that nobody asked for.
    `INSERT INTO "Payment" ("administrationId", "debtorId", source, reference, "receivedOn", currency, amount, status)
      SELECT 1, i."debtorId", 'bank', i.id::text, DATE '${today}' - 90 + i."debtorId" % 76 + (i.id * 7 % 40)::int - 2, i.currency, i.amount, 'matched'
      FROM "Invoice" i WHERE right(i.number, 1) IN ('0', '5', '6') OR (right(i.number, 1) = '1' AND i."debtorId" % 2 = 0)`,
    'INSERT INTO "PaymentAllocation" ("paymentId", "invoiceId", amount) SELECT p.id, p.reference::int, p.amount FROM "Payment" p',
    `UPDATE "Invoice" i SET "openAmount" = 0, status = 'closed', "closedReason" = 'paid', "closedOn" = p."receivedOn" FROM "Payment" p WHERE p.reference::int = i.id`,
    `INSERT INTO "PromiseToPay" ("debtorId", "promisedOn", "saidOn", "createdAt") SELECT d, DATE '${today}' - 70 + d % 76, DATE '${today}' - 80 + d % 76, now()
      FROM generate_series(1, ${debtors}, 10) AS d`,
    `INSERT INTO "Dispute" ("debtorId", reason, "ownerId", "answerDue", "createdAt") SELECT d, 'price', 1, '${today}', TIMESTAMP '${today}' - make_interval(days => 80 - d % 76)
      FROM generate_series(3, ${debtors}, 30) AS d`,
    `INSERT INTO "DisputeInvoice" ("disputeId", "invoiceId") SELECT q.id, min(i.id) FROM "Dispute" q JOIN "Invoice" i ON i."debtorId" = q."debtorId" GROUP BY 1`,
    `INSERT INTO "Mailbox" (key, address, kind, "startAt") VALUES ('debtors', 'debtors@harbourlight.example', 'maildir', '2026-01-01')`,
    `INSERT INTO "OutboundMail" ("mailboxId", "internetMessageId", "entryId", "to", subject, text, state, "sendAfter", "sentAt")
      SELECT 1, '<' || "entryId" || '@harbourlight.example>', "entryId", ARRAY['ap@d' || "debtorId" || '.example'], '', '', 'sent', "doneOn", "doneOn"
      FROM "DunningAction" WHERE "entryId" IS NOT NULL`,
    `INSERT INTO "Message" ("mailboxId", "rawHash", size, direction, kind, findings, "receivedAt")
      SELECT 1, id::text, 1, 'in', 'bounce', json_build_object('bounce', json_build_array(json_build_object('recipient', "to"[1], 'permanent', true))), "sentAt" + interval '1 minute'
      FROM "OutboundMail" WHERE id % 100 = 0`,
    'VACUUM ANALYZE',
  ]
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { actions: { type: 'string', default: '100000' }, json: { type: 'boolean', default: false } } })
  const figures = await benchResults({ actions: Number(values.actions) })
  if (values.json) console.log(JSON.stringify(figures, null, 2))
  else console.table(figures)
}
