import { createHash } from 'node:crypto'
import type { Db, Prisma } from '#platform'
import { newestVersion } from '#settings'
import { type Workflow, type Workflows, workflowSchema } from './workflows-kind.ts'

/** A workflow as it stood when some items began on it. */
export type WorkflowVersion = { id: number; key: string; settingsVersion: number; workflow: Workflow }

/** The newest version of each workflow of the settings, by its key; what was not met before is kept from now on. */
export async function currentVersions(tx: Db, workflows: Workflows): Promise<Map<string, WorkflowVersion>> {
  const settingsVersion = (await newestVersion(tx))?.version ?? 0
  const versions = new Map<string, WorkflowVersion>()
  for (const [key, workflow] of Object.entries(workflows)) {
    const contentHash = createHash('sha256').update(JSON.stringify(workflow)).digest('hex')
    const where = { workflow_contentHash: { workflow: key, contentHash } }
    const create = { workflow: key, contentHash, settingsVersion, content: workflow as unknown as Prisma.InputJsonObject }
    const known = await tx.workflowVersion.upsert({ where, create, update: {}, select: { id: true, settingsVersion: true } })
    versions.set(key, { id: known.id, key, settingsVersion: known.settingsVersion, workflow })
  }
  return versions
}

/** The versions that open items still run through, by id, and those given. */
export async function versionsInUse(db: Db, current: Iterable<WorkflowVersion>): Promise<Map<number, WorkflowVersion>> {
  const versions = new Map([...current].map(version => [version.id, version]))
  const used = await db.$queryRaw<{ id: number }[]>`SELECT DISTINCT "versionId" AS id FROM "DunningItem" WHERE "versionId" IS NOT NULL ORDER BY 1`
  const others = used.filter(({ id }) => !versions.has(id))
  for (const [id, version] of await readVersions(
    db,
    others.map(each => each.id),
  ))
    versions.set(id, version)
  return versions
}

/** Versions by id; one of an earlier release reads with the defaults of what it did not know yet. */
export async function readVersions(db: Db, ids: readonly number[]): Promise<Map<number, WorkflowVersion>> {
  const rows = await db.workflowVersion.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } })
  return new Map(rows.map(({ id, workflow: key, settingsVersion, content }) => [id, { id, key, settingsVersion, workflow: workflowSchema.parse(content) }]))
}
