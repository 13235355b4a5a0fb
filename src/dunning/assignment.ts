import type { Db } from '#platform'
import { newestVersion } from '#settings'
import { noteChange } from './changes.ts'
import type { Workflows } from './workflows-kind.ts'

/** Which workflow a debtor is on. `reason`: what it goes back to, as `entry:12`; `staffId` null: Duncan; `settingsVersion`: that knew it. */
export type Assignment = { id: number; workflow: string; reason: string; staffId: number | null; at: Date; settingsVersion: number }

/** The workflow that a debtor is on; undefined while nobody put it on one. */
export async function workflowOf(db: Db, debtorId: number): Promise<Assignment | undefined> {
  return (await db.workflowAssignment.findFirst({ where: { debtorId, takenBackAt: null }, orderBy: { id: 'desc' } })) ?? undefined
}

/** What people call the workflow of an assignment; its key where the settings have it no more, undefined without one. */
export const workflowTitle = (workflows: Workflows, assigned: Pick<Assignment, 'workflow'> | undefined): string | undefined =>
  assigned && (workflows[assigned.workflow]?.title ?? assigned.workflow)

/** Puts a debtor on a workflow that the settings know, until another one is assigned; returns the assignment's id. */
export async function assignWorkflow(tx: Db, assignment: Omit<Assignment, 'id' | 'settingsVersion'> & { debtorId: number }): Promise<number> {
  const settingsVersion = (await newestVersion(tx))?.version ?? 0
  await noteChange(tx, [assignment.debtorId])
  const { id } = await tx.workflowAssignment.create({ data: { ...assignment, settingsVersion } })
  return id
}

/** Puts a debtor back on the workflow it was on before; false when another one was assigned since. */
export async function takeAssignmentBack(tx: Db, id: number, at: Date): Promise<boolean> {
  const assigned = await tx.workflowAssignment.findUniqueOrThrow({ where: { id } })
  if ((await workflowOf(tx, assigned.debtorId))?.id !== id) return false
  const { count } = await tx.workflowAssignment.updateMany({ where: { id, takenBackAt: null }, data: { takenBackAt: at } })
  await noteChange(tx, [assigned.debtorId])
  return count === 1
}

/** The workflows of the settings that debtors of an administration may be on: their keys and titles. */
export const workflowsFor = (workflows: Workflows, administration: string): { key: string; title: string }[] =>
  Object.entries(workflows).flatMap(([key, { title, administrations }]) =>
    administrations.length === 0 || administrations.includes(administration) ? [{ key, title }] : [],
  )
