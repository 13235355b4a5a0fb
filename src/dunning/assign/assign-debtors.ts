import { advisoryLocks, type Clock, type Db, type DbClient, fromInstant, type Log, recordAudit } from '#platform'
import { allDebtorIds, parseQuery, readSegments, type SearchContext, withSegments } from '#search'
import { newestVersion } from '#settings'
import type { Workflows } from '../workflows-kind.ts'
import type { AssignmentRules } from './assignment-kind.ts'

export type AssignDeps = {
  client: DbClient
  clock: Clock
  log: Log
  rules: AssignmentRules
  workflows: Workflows
  search: (db: Db) => Promise<SearchContext>
}

/** How many debtors fall under another rule than before or another version of it, and how many of them changed to another workflow. */
export type Assigned = { changed: number; workflows: number }

type Rule = { id: string; workflow: string | null; tone: string | null; collector: string | null; channel: string | null }

/**
 * Says of every debtor which rule it falls under: the first one whose search it matches, for all that the rule names; the default for the rest.
 * What a person assigned stays, and so does a collector that the ledger names. A rule whose workflow is not for the debtor's administration
 * assigns none.
 */
export async function assignDebtors({ client, clock, log, rules, workflows, search }: AssignDeps): Promise<Assigned> {
  const context = await search(client)
  const all = withSegments(context, await readSegments(client))
  const ruleOf = new Map<number, string>()
  for (const { id, when } of rules.rules) {
    const parsed = parseQuery(when)
    if (parsed.kind === 'problem') continue // the settings refuse it; one of an earlier release is left out
    for (const debtorId of await allDebtorIds(client, parsed.query, all)) if (!ruleOf.has(debtorId)) ruleOf.set(debtorId, id)
  }
  const { default: rest } = rules
  const wanted: Rule[] = [...rules.rules.map(rule => ({ ...rest, ...definedOf(rule), id: rule.id })), { ...rest, id: 'default' }].map(
    ({ id, workflow = null, tone = null, collector = null, channel = null }) => ({ id, workflow, tone, collector, channel }),
  )
  const outcome = await client.$transaction(tx => write(tx, { wanted, ruleOf, workflows, at: fromInstant(clock.now()) }), { timeout: 300_000, maxWait: 10_000 })
  if (outcome.changed > 0) log.info(outcome, 'debtors were assigned by rules')
  return outcome
}

/** Without what is undefined, which would hide the default. */
const definedOf = <T extends object>(rule: T): T => Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined)) as T

type Writing = { wanted: readonly Rule[]; ruleOf: ReadonlyMap<number, string>; workflows: Workflows; at: Date }

async function write(tx: Db, { wanted, ruleOf, workflows, at }: Writing): Promise<Assigned> {
  // One at a time: of two at once the later one sees what the earlier one wrote.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${advisoryLocks.assignment})`
  await tx.$executeRaw`CREATE TEMP TABLE rule_wanted (rule text PRIMARY KEY, workflow text, administrations text[], tone text, collector text, channel text) ON COMMIT DROP`
  for (const { id, workflow, tone, collector, channel } of wanted) {
    const codes = workflow === null ? [] : (workflows[workflow]?.administrations ?? [])
    await tx.$executeRaw`INSERT INTO rule_wanted VALUES (${id}, ${workflow}, ${codes}, ${tone}, ${collector}, ${channel})`
  }
  const [ids, named] = [[...ruleOf.keys()], [...ruleOf.values()]]
  await tx.$executeRaw`CREATE TEMP TABLE rule_found ON COMMIT DROP AS
    SELECT d.id AS "debtorId", d."administrationId", COALESCE(f.rule, 'default') AS rule FROM "Debtor" d
    LEFT JOIN unnest(${ids}::int[], ${named}::text[]) AS f(id, rule) ON f.id = d.id WHERE NOT d.archived AND d."partyType" = 'debtor'`
  await tx.$executeRaw`ANALYZE rule_found`

  // The ledger's own collector comes first; only one that a rule gave is changed by rules.
  await tx.$executeRaw`
    UPDATE "Debtor" d SET collector = w.collector, "updatedAt" = ${at} FROM rule_found f JOIN rule_wanted w ON w.rule = f.rule LEFT JOIN "DebtorRule" r ON r."debtorId" = f."debtorId"
    WHERE d.id = f."debtorId" AND d.collector IS DISTINCT FROM w.collector AND d.collector IS NOT DISTINCT FROM r.collector AND COALESCE(d.imported ->> 'collector', '') = ''`
  const changed = await tx.$executeRaw`
    INSERT INTO "DebtorRule" AS r ("debtorId", rule, tone, collector, channel, since) SELECT f."debtorId", f.rule, w.tone, w.collector, w.channel, ${at}
    FROM rule_found f JOIN rule_wanted w ON w.rule = f.rule
    ON CONFLICT ("debtorId") DO UPDATE SET rule = EXCLUDED.rule, tone = EXCLUDED.tone, collector = EXCLUDED.collector, channel = EXCLUDED.channel, since = EXCLUDED.since
    WHERE (r.rule, r.tone, r.collector, r.channel) IS DISTINCT FROM (EXCLUDED.rule, EXCLUDED.tone, EXCLUDED.collector, EXCLUDED.channel)`
  const settingsVersion = (await newestVersion(tx))?.version ?? 0
  // What a person assigned, and what a rule assigned already, stands.
  const moved = await tx.$executeRaw`
    INSERT INTO "WorkflowAssignment" ("debtorId", workflow, reason, "settingsVersion", at)
    SELECT f."debtorId", w.workflow, 'rule:' || f.rule, ${settingsVersion}, ${at} FROM rule_found f JOIN rule_wanted w ON w.rule = f.rule
    JOIN "Administration" a ON a.id = f."administrationId"
    LEFT JOIN LATERAL (SELECT x.workflow, x.reason FROM "WorkflowAssignment" x WHERE x."debtorId" = f."debtorId" AND x."takenBackAt" IS NULL ORDER BY x.id DESC LIMIT 1) now ON TRUE
    WHERE w.workflow IS NOT NULL AND (w.administrations = '{}' OR a.code = ANY(w.administrations)) AND COALESCE(now.reason, 'rule:') LIKE 'rule:%'
      AND now.workflow IS DISTINCT FROM w.workflow ORDER BY f."debtorId"`
  // A rule that assigns none any more takes back what rules assigned.
  const ended = await tx.$executeRaw`
    UPDATE "WorkflowAssignment" x SET "takenBackAt" = ${at} FROM rule_found f JOIN rule_wanted w ON w.rule = f.rule
    WHERE x."debtorId" = f."debtorId" AND w.workflow IS NULL AND x.reason LIKE 'rule:%' AND x."takenBackAt" IS NULL`
  // What a rule wrote a moment ago is what changed.
  await tx.$executeRaw`INSERT INTO "DunningChange" ("debtorId") SELECT DISTINCT "debtorId" FROM "WorkflowAssignment" WHERE at = ${at} OR "takenBackAt" = ${at}`
  if (changed + moved + ended > 0) {
    await recordAudit(tx, { actor: 'duncan', event: 'debtors.assigned', subject: `settings:${settingsVersion}`, detail: { changed, workflows: moved + ended } })
  }
  return { changed, workflows: moved + ended }
}
